import { useEffect, useLayoutEffect } from "react";

/** Runs before the browser draws; on the server, where there is nothing to draw, React complains of the other one. */
export const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
