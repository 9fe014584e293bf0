import { useRevalidator } from "@remix-run/react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { LiveEvent } from "./live-event.ts";
import { connecting } from "./live-status.ts";
import { RevalidationScheduler } from "./revalidation-scheduler.ts";
import { onScreenRead } from "./screen-reads.ts";
import { shareLiveUpdates } from "./share-live-updates.ts";
import { LiveEventsContext, type LiveListener } from "./use-live-events.ts";
import { LiveContext } from "./use-live-updates.ts";

interface LiveProviderProps {
  shopDomain: string;
  userId: string;
  children: ReactNode;
}

/**
 * Keeps every screen below it up to date: the stream says that something has changed, and the loaders read what.
 * `fetch` and not EventSource, because App Bridge signs only the former.
 */
export function LiveProvider({ shopDomain, userId, children }: LiveProviderProps) {
  const { revalidate } = useRevalidator();
  const [status, setStatus] = useState(connecting);
  const listeners = useRef(new Set<LiveListener>());
  const subscribe = useCallback((listener: LiveListener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);

  useEffect(() => {
    const scheduler = new RevalidationScheduler(revalidate);
    const stopHearing = onScreenRead((complete) => scheduler.finished(complete));
    const stopSharing = shareLiveUpdates({
      name: `atomic-orders live ${shopDomain} ${userId}`,
      open: (signal) => fetch("/app/live", { signal, headers: { Accept: "text/event-stream" } }),
      onEvent: (event) => {
        pass(event, scheduler);
        for (const listener of listeners.current) listener(event);
      },
      onStatus: (status) => {
        setStatus(status);
        if (status.ended) scheduler.stop();
      },
    });
    return () => {
      stopSharing();
      stopHearing();
      scheduler.stop();
    };
  }, [shopDomain, userId, revalidate]);

  return (
    <LiveEventsContext.Provider value={subscribe}>
      <LiveContext.Provider value={status}>{children}</LiveContext.Provider>
    </LiveEventsContext.Provider>
  );
}

function pass(event: LiveEvent, scheduler: RevalidationScheduler): void {
  if (event.type === "hello") scheduler.connected(event.change);
  else if (event.type === "resync") scheduler.resync();
  else if ("change" in event) scheduler.changed(event.change);
}
