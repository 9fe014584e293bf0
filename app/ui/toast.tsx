import { useLocation, useSearchParams } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { CrossMark } from "./cross-mark.tsx";

/** Long enough to read twice; resting on it keeps it. */
const shownMs = 8_000;

/**
 * Says what the last save did, from the parameter its redirect carried. The region is always there, so that
 * assistive technology announces what appears in it. Without JavaScript the message stays until the next page.
 */
export function Toast({ message, action }: { message: string | null; action?: ReactNode }) {
  const { key } = useLocation();
  const [query] = useSearchParams();
  const hydrated = useHydrated();
  const [closedKey, setClosedKey] = useState<string | null>(null);
  const [held, setHeld] = useState(false);
  const shown = message !== null && closedKey !== key;

  useEffect(() => {
    if (!query.has("saved")) return;
    const url = new URL(window.location.href);
    url.searchParams.delete("saved");
    // Past the router on purpose: nothing has to load again because a message was read.
    window.history.replaceState(window.history.state, "", url);
  }, [query]);

  useEffect(() => {
    if (!shown || held) return;
    const timer = setTimeout(() => setClosedKey(key), shownMs);
    return () => clearTimeout(timer);
  }, [shown, held, key]);

  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4 print:hidden"
    >
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: resting on it only stops the clock
        <div
          className="pointer-events-auto flex animate-toast items-center gap-3 rounded-control bg-primary py-2 pr-2 pl-4 font-medium text-on-primary shadow-raised"
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{message}</span>
          {action}
          {hydrated && (
            <button
              type="button"
              aria-label="Dismiss"
              className="grid size-7 place-items-center rounded-control hover:bg-primary-hover"
              onClick={() => setClosedKey(key)}
            >
              <CrossMark />
            </button>
          )}
        </div>
      )}
    </div>
  );
}
