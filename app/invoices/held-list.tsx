import { AppLink } from "../ui/app-link.tsx";
import { Time } from "../ui/time.tsx";
import { heldOrder } from "./document-address.ts";
import { kindLabels } from "./document-row.ts";
import type { HeldOrder } from "./held-orders.server.ts";

/** Orders whose documents were not issued, each with the reason; its page has the answers to it. */
export function HeldList({ held }: { held: HeldOrder[] }) {
  return (
    <ul aria-label="Orders that wait" className="grid gap-2">
      {held.map(({ draftId, orderId, orderName, orderDeleted, kind, unreadable, reason, heldAt }) => (
        <li key={draftId} className="min-w-0">
          <AppLink
            to={
              orderDeleted ? `/app/invoices?view=all&q=${encodeURIComponent(orderName)}` : heldOrder(orderId)
            }
            className="inline-block py-0.5 font-medium text-link underline decoration-1 underline-offset-2"
          >
            {kindLabels[kind]} for {orderName}
          </AppLink>{" "}
          <span className="text-small text-ink-subtle">
            since <Time at={heldAt} />
          </span>
          <p className="break-words">{reason}</p>
          {unreadable && !orderDeleted && (
            <p className="text-ink-subtle">
              No document can be made of these figures. It is tried again as soon as the order changes at
              Shopify.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
