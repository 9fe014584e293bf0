import { useHydrated } from "remix-utils/use-hydrated";
import { ConnectionBadge, ConnectionPill } from "../ui/connection-badge.tsx";
import { useLiveUpdates } from "./use-live-updates.ts";

/** The badge of this screen's own connection. */
export function LiveBadge({ timeZone }: { timeZone: string }) {
  return <ConnectionBadge {...useLiveUpdates()} timeZone={timeZone} />;
}

/** The badge again, only while the screen is not live: for a modal dialog, behind which the page's own is inert. */
export function NotLiveBadge({ timeZone }: { timeZone: string }) {
  const status = useLiveUpdates();
  const hydrated = useHydrated();
  return (
    <span role="status" className="empty:-ml-3">
      {hydrated && status.state !== "live" && <ConnectionPill {...status} timeZone={timeZone} />}
    </span>
  );
}
