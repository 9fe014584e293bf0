import { formatMoney } from "../money.ts";
import type { TimelineNote } from "../orders/weave-timeline.ts";
import { describeDeliveryEvent } from "./describe-delivery-event.ts";
import { documentOfOrder } from "./document-address.ts";
import { kindLabels } from "./document-row.ts";

/** Kinds of events around documents; mail adds its own. */
export type DocumentEventKind =
  | "issued"
  | "held"
  | "dismissed"
  | "draft_prepared"
  | "draft_discarded"
  | "payment_recorded"
  | "payment_undone"
  | "paid"
  | "overdue"
  | (string & {});

export interface DocumentEvent {
  id: string;
  documentId: string | null;
  kind: DocumentEventKind;
  detail: Record<string, string | number | null>;
  actorKind: string;
  actorName: string;
  /** ISO 8601. */
  createdAt: string;
}

/** An event as an order's timeline shows it. */
export const toTimelineNote = (event: DocumentEvent): TimelineNote => ({
  id: event.id,
  text: describeDocumentEvent(event),
  actorKind: event.actorKind,
  createdAt: event.createdAt,
  to: event.documentId ? documentOfOrder(event.documentId) : null,
});

/** Says what happened in one sentence, as the timelines show it. Unknown kinds are named as they are. */
export function describeDocumentEvent({ kind, detail, actorName }: DocumentEvent): string {
  const number = String(detail.number ?? "");
  const amount =
    detail.amountMinor !== undefined && detail.currency
      ? formatMoney(String(detail.amountMinor), String(detail.currency))
      : "";
  switch (kind) {
    case "issued":
      return describeIssue(number, detail, actorName);
    case "held":
      return `${heldWord(detail.documentKind)} is held for a person: ${detail.reason}`;
    case "dismissed":
      return `${actorName} left ${lower(heldWord(detail.documentKind))} that was held as it is`;
    case "draft_prepared":
      return `${actorName} prepared an invoice`;
    case "draft_discarded":
      return `${actorName} discarded a prepared invoice`;
    case "payment_recorded":
      return `${actorName} recorded a payment of ${amount} for ${number}`;
    case "payment_undone":
      return `${actorName} took back a payment of ${amount} for ${number}`;
    case "paid":
      return `${number} was paid`;
    case "overdue":
      return `${number} is overdue`;
    default:
      return (
        describeDeliveryEvent(kind, { number, reason: String(detail.reason ?? ""), actorName }) ??
        `${actorName}: ${kind.replaceAll("_", " ")}${number && ` (${number})`}`
      );
  }
}

function describeIssue(number: string, detail: DocumentEvent["detail"], actorName: string): string {
  const label = kindLabels[detail.documentKind === "credit_note" ? "credit_note" : "invoice"];
  const reason = detail.reason === null || detail.reason === undefined ? null : String(detail.reason);
  switch (detail.trigger) {
    case "paid":
      return `${label} ${number} was issued because the order was paid`;
    case "fulfilled":
      return `${label} ${number} was issued because the order was fulfilled`;
    case "by_hand":
    case "bulk":
      return `${actorName} issued ${label.toLowerCase()} ${number}${reason ? `: ${reason}` : ""}`;
    default:
      if (!reason) return `${label} ${number} was issued`;
      // Older events have the document's own reason, in the buyer's language: only English goes into an English sentence.
      return detail.language === "en"
        ? `${label} ${number} was issued because ${reason}`
        : `${label} ${number} was issued: “${reason}”`;
  }
}

const heldWord = (kind: unknown) => (kind === "credit_note" ? "A correction" : "An invoice");
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
