import { ConnectionBadge } from "../ui/connection-badge.tsx";
import { useLiveUpdates } from "./use-live-updates.ts";

/** The badge of this screen's own connection. */
export function LiveBadge({ timeZone }: { timeZone: string }) {
  return <ConnectionBadge {...useLiveUpdates()} timeZone={timeZone} />;
}
