import { formatClock } from "./format-clock.ts";

interface ConnectionBadgeProps {
  state: "live" | "reconnecting" | "offline";
  offlineSince: Date | null;
  /** The server has closed the connection for good. */
  ended: boolean;
  timeZone: string;
}

const looks = {
  live: "bg-success text-on-success",
  reconnecting: "bg-warning text-on-warning",
  offline: "bg-critical text-on-critical",
};

/** Whether what is on screen is up to date. As wide as its longest text, so that nothing beside it moves. */
export function ConnectionBadge(props: ConnectionBadgeProps) {
  return (
    <>
      <span
        role="status"
        className="inline-flex min-w-37 shrink-0 justify-end [@media(scripting:none)]:hidden"
      >
        <ConnectionPill {...props} />
      </span>
      <noscript>
        <span className="text-small text-ink-subtle">Changes show after a reload.</span>
      </noscript>
    </>
  );
}

/** The badge itself, for a place that is a live region already. */
export function ConnectionPill({ state, offlineSince, ended, timeZone }: ConnectionBadgeProps) {
  const text = {
    live: "Live",
    reconnecting: "Reconnecting",
    offline: offlineSince ? `Offline since ${formatClock(offlineSince.toISOString(), timeZone)}` : "Offline",
  }[state];
  const hint = ended
    ? "The connection was closed for good. Open the app again from your Shopify admin."
    : {
        live: "Changes appear by themselves.",
        reconnecting: "",
        offline: "Changes appear when the connection is back.",
      }[state];
  return (
    <span
      title={hint || undefined}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small font-medium whitespace-nowrap tabular-nums ${looks[state]}`}
    >
      <Sign state={state} />
      {text}
      {ended && <span className="sr-only">. {hint}</span>}
    </span>
  );
}

/** A dot, a turning arc or a crossed circle: the state without its colour. */
function Sign({ state }: { state: ConnectionBadgeProps["state"] }) {
  return (
    <svg viewBox="0 0 12 12" className="size-3 shrink-0" fill="none" stroke="currentColor" aria-hidden="true">
      {state === "live" && <circle cx="6" cy="6" r="3" fill="currentColor" stroke="none" />}
      {state === "reconnecting" && (
        <path
          d="M6 1.5a4.5 4.5 0 1 1-4.5 4.5"
          strokeWidth="1.75"
          strokeLinecap="round"
          className="origin-center animate-spin"
        />
      )}
      {state === "offline" && (
        <>
          <circle cx="6" cy="6" r="4.5" strokeWidth="1.5" />
          <path d="M3 9l6-6" strokeWidth="1.5" />
        </>
      )}
    </svg>
  );
}
