import { useEffect, useRef, useState } from "react";
import { useLiveEvents } from "../live/use-live-events.ts";
import { type KeptPresence, keepPresent } from "./keep-present.ts";
import type { EditableField } from "./order.ts";
import { type OtherPerson, type PresenceReport, presenceAnswerSchema } from "./presence.ts";

/** A tab that nobody has looked at for this long has left; browsers hardly let it speak from then on anyway. */
const hiddenForMs = 4 * 60_000;

/** From the order's page to its form is no leaving, though the one screen goes before the other comes. */
const leaveAfterMs = 400;

/** A report without an answer must not hold up the next. */
const patienceMs = 5_000;

let tabId: string | null = null;
const leaving = new Map<string, ReturnType<typeof setTimeout>>();

/** Who else has the order open. Tells them that this tab has, and which field the person is in. */
export function usePresence(orderId: string, field: EditableField | null = null): OtherPerson[] {
  const [others, setOthers] = useState<OtherPerson[]>([]);
  const presence = useRef<KeptPresence | null>(null);

  useEffect(() => {
    clearTimeout(leaving.get(orderId));
    const kept = keepPresent({
      report: (current) => report(orderId, { field: current, leaving: false }),
      onOthers: (next) => setOthers((known) => (isSame(known, next) ? known : next)),
    });
    presence.current = kept;
    const stopWatching = watchPage(kept, () => leave(orderId));
    return () => {
      stopWatching();
      kept.stop();
      presence.current = null;
      leaving.set(
        orderId,
        setTimeout(() => leave(orderId), leaveAfterMs),
      );
    };
  }, [orderId]);

  useEffect(() => presence.current?.enter(field), [field]);

  useLiveEvents((event) => {
    if (event.type === "PRESENCE" && event.orderId === orderId) presence.current?.ask();
  });
  return others;
}

const isSame = (left: OtherPerson[], right: OtherPerson[]) => JSON.stringify(left) === JSON.stringify(right);

/** A page that closes says so; one that was hidden for long, or is kept by the browser for "back", falls silent. */
function watchPage(kept: KeptPresence, leaveNow: () => void): () => void {
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  const goSilent = () => {
    kept.pause();
    leaveNow();
  };
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("pagehide", goSilent, { signal });
  window.addEventListener("pageshow", () => kept.resume(), { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      clearTimeout(hiddenTimer);
      if (document.visibilityState === "visible") kept.resume();
      else hiddenTimer = setTimeout(goSilent, hiddenForMs);
    },
    { signal },
  );
  return () => {
    listening.abort();
    clearTimeout(hiddenTimer);
  };
}

/** `fetch` with `keepalive` and not a beacon, because App Bridge signs only the former. */
function send(orderId: string, said: Omit<PresenceReport, "tabId">): Promise<Response> {
  tabId ??= crypto.randomUUID();
  return fetch(`/app/orders/${orderId}/presence`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ tabId, ...said }),
    ...(said.leaving ? { keepalive: true } : { signal: AbortSignal.timeout(patienceMs) }),
  });
}

async function report(orderId: string, said: Omit<PresenceReport, "tabId">): Promise<OtherPerson[] | null> {
  const response = await send(orderId, said);
  // The order is gone, or the app was uninstalled: there is nothing left to be present at.
  if (response.status === 404 || response.status === 403) return null;
  if (!response.ok) throw new Error(`Presence was answered with ${response.status}.`);
  return presenceAnswerSchema.parse(await response.json()).others;
}

function leave(orderId: string): void {
  // When it gets lost, this tab is forgotten a few seconds later.
  send(orderId, { field: null, leaving: true }).catch(() => {});
}
