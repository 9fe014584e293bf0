import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "../routes/app.tsx";

/** The shop, the person and the page session of the frame; undefined on pages outside it. */
export const useAppData = () => useRouteLoaderData<typeof loader>("routes/app");
