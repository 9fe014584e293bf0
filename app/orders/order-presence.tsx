import { PresenceLine } from "./presence-line.tsx";
import { usePresence } from "./use-presence.ts";

/** Who else has the order open, on its page. */
export function OrderPresence({ orderId }: { orderId: string }) {
  return <PresenceLine others={usePresence(orderId)} />;
}
