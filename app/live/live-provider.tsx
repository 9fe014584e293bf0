import { useRevalidator } from "@remix-run/react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { LiveEvent } from "./live-event.ts";
import { connecting } from "./live-status.ts";
import { missedAnswers } from "./missed-answers.ts";
import { RevalidationScheduler } from "./revalidation-scheduler.ts";
import { shareLiveUpdates } from "./share-live-updates.ts";
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
  const { revalidate, state } = useRevalidator();
  const [status, setStatus] = useState(connecting);
  const reading = useRef<{ scheduler: RevalidationScheduler; missedBefore: number } | null>(null);

  useEffect(() => {
    const scheduler = new RevalidationScheduler(() => {
      current.missedBefore = missedAnswers();
      revalidate();
    });
    const current = { scheduler, missedBefore: 0 };
    reading.current = current;
    const stopSharing = shareLiveUpdates({
      name: `atomic-orders live ${shopDomain} ${userId}`,
      open: (signal) => fetch("/app/live", { signal, headers: { Accept: "text/event-stream" } }),
      onEvent: (event) => pass(event, scheduler),
      onStatus: setStatus,
    });
    return () => {
      stopSharing();
      scheduler.stop();
    };
  }, [shopDomain, userId, revalidate]);

  useEffect(() => {
    const current = reading.current;
    if (state === "idle") current?.scheduler.finished(missedAnswers() === current.missedBefore);
  }, [state]);

  return <LiveContext.Provider value={status}>{children}</LiveContext.Provider>;
}

function pass(event: LiveEvent, scheduler: RevalidationScheduler): void {
  if (event.type === "hello") scheduler.connected(event.change);
  else if (event.type === "resync") scheduler.resync();
  else if (event.type === "ORDER_SYNCED" || event.type === "heartbeat") scheduler.changed(event.change);
}
