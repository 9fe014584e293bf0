import type { DocumentContent } from "../documents/document.ts";
import { type Composed, composeDocuments, type ToIssue } from "./compose-documents.ts";
import type { DocumentTrigger } from "./document-row.ts";
import type { NewDocument } from "./insert-documents.server.ts";
import type { BillingTerms, OrderToBill } from "./orders-to-bill.server.ts";

export type ComposeCause = "paid" | "fulfilled" | "by_hand" | "change";

/** What an order that was never told since invoices exist is held for. */
const untold =
  "Shopify has not told this order since invoices were switched on. It can be invoiced as soon as something about it changes there.";

/** Composes what brings an order's documents to what the order is now. */
export function composeOrder(
  order: OrderToBill,
  terms: BillingTerms,
  cause: ComposeCause,
  acceptDifference = false,
): Composed {
  const { bill, documents: issued, ...facts } = order;
  if (!bill) return { outcome: "held", reason: untold, difference: null };
  if (order.deleted)
    return {
      outcome: "held",
      difference: null,
      reason:
        "The order was deleted at Shopify. Decide whether what was invoiced is to be credited, and make the credit note by hand.",
    };
  return composeDocuments({ bill, order: facts, issued, ...terms, cause, acceptDifference });
}

/** Composed contents as rows to be: which invoice each refers to, and what made it be issued. */
export function toNewDocuments(
  order: OrderToBill,
  { contents, reasons }: ToIssue,
  cause: ComposeCause | "bulk",
  actor: NewDocument["actor"],
): NewDocument[] {
  return contents.map((content, place) => ({
    orderId: order.id,
    content,
    staffReason: reasons[place] ?? null,
    trigger: cause === "change" ? changeTrigger(order, content) : cause,
    refersToId: findReferred(order, content),
    actor,
  }));
}

function changeTrigger(order: OrderToBill, { kind }: DocumentContent): DocumentTrigger {
  if (kind === "invoice") return "edit";
  if (order.cancelledAt) return "cancel";
  return (order.bill?.refunds.length ?? 0) > 0 ? "refund" : "edit";
}

/** The invoice whose number the content names; the order's first one when it names none. */
function findReferred({ documents }: OrderToBill, { refersTo, kind }: DocumentContent): string | null {
  const invoices = documents.filter((document) => document.kind === "invoice");
  const named = invoices.find(({ number }) => number === refersTo?.number);
  return named?.id ?? (kind === "credit_note" ? (invoices[0]?.id ?? null) : null);
}
