import { createContext, useContext } from "react";
import { connecting, type LiveStatus } from "./live-status.ts";

export const LiveContext = createContext<LiveStatus>(connecting);

/** Whether this screen hears of changes, and since when not. */
export const useLiveUpdates = (): LiveStatus => useContext(LiveContext);
