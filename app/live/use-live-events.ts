import { createContext, useContext, useEffect, useRef } from "react";
import type { LiveEvent } from "./live-event.ts";

export type LiveListener = (event: LiveEvent) => void;

/** @returns the way to stop listening */
export type SubscribeToLive = (listener: LiveListener) => () => void;

export const LiveEventsContext = createContext<SubscribeToLive>(() => () => {});

/** Calls the listener for each event of the stream while the component is there. The newest listener is the one called. */
export function useLiveEvents(listener: LiveListener): void {
  const subscribe = useContext(LiveEventsContext);
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => subscribe((event) => newest.current(event)), [subscribe]);
}
