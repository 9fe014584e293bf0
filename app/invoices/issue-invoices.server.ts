import type { Tx } from "../db.server.ts";
import type { Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { toNewDocuments } from "./compose-order.ts";
import { decideIssue, type IssueTrigger } from "./decide-issue.ts";
import type { IssuedNow } from "./document-row.ts";
import { dropDrafts, type Hold, holdOrders } from "./hold-orders.server.ts";
import { insertDocuments, type NewDocument } from "./insert-documents.server.ts";
import { type OrderToBill, readBillingTerms, readOrdersToBill } from "./orders-to-bill.server.ts";
import { updatePayments } from "./update-payments.server.ts";

/** What became of one order. */
export type IssueOutcome =
  | { orderId: string; outcome: "issued"; documents: IssuedNow[] }
  /** It has its invoice and nothing has changed since. */
  | { orderId: string; outcome: "nothing_to_invoice" }
  | { orderId: string; outcome: "held"; reason: string }
  /** A test order, or one that the shop's rules leave out. */
  | { orderId: string; outcome: "excluded"; reason: string }
  | { orderId: string; outcome: "not_found" };

interface IssueInvoices {
  shopId: ShopId;
  orderIds: string[];
  trigger: IssueTrigger;
  actor: Actor;
  /** The person has seen that Shopify's figures and the lines differ, and wants the difference on a line of its own. */
  acceptDifference?: boolean;
}

/**
 * Issues what the orders' documents lack: an invoice for an order that has none, else the credit note or the further
 * invoice that brings them to what the order is now. Locks the orders. Late in the transaction, before countChange.
 * @returns an outcome per order, in the order given
 */
export async function issueInvoices(
  tx: Tx,
  queue: Queue,
  { shopId, orderIds, trigger, actor, acceptDifference = false }: IssueInvoices,
): Promise<IssueOutcome[]> {
  const orders = await readOrdersToBill(tx, shopId, orderIds, { lock: true });
  const terms = await readBillingTerms(tx, shopId);
  const outcomes = new Map<string, IssueOutcome>();
  const documents: NewDocument[] = [];
  const holds: Hold[] = [];
  for (const orderId of new Set(orderIds)) {
    const decided = decideIssue(orders.get(orderId), terms, trigger, acceptDifference);
    switch (decided.outcome) {
      case "held":
        holds.push(toHold(decided.order, decided.reason, trigger));
        outcomes.set(orderId, { orderId, outcome: "held", reason: decided.reason });
        break;
      case "documents": {
        const { order, cause } = decided;
        documents.push(...toNewDocuments(order, decided, cause === "change" ? cause : trigger, actor));
        outcomes.set(orderId, { orderId, outcome: "issued", documents: [] });
        break;
      }
      default:
        outcomes.set(orderId, { orderId, ...decided });
    }
  }
  await holdOrders(tx, shopId, holds, actor);
  const settled = [...outcomes.values()].filter(({ outcome }) =>
    ["issued", "nothing_to_invoice"].includes(outcome),
  );
  await dropDrafts(
    tx,
    shopId,
    settled.map(({ orderId }) => orderId),
  );
  const issued = await insertDocuments(tx, queue, shopId, documents);
  const silent = issued.map(({ id }) => id);
  const issuedOrders = [...new Set(documents.map(({ orderId }) => orderId))];
  if (issuedOrders.length > 0) await updatePayments(tx, shopId, { orderIds: issuedOrders, actor, silent });
  for (const document of issued) {
    const outcome = outcomes.get(document.orderId);
    if (outcome?.outcome === "issued") outcome.documents.push(document);
  }
  return orderIds.flatMap((orderId) => outcomes.get(orderId) ?? []);
}

function toHold({ id, documents, billHash }: OrderToBill, reason: string, trigger: string): Hold {
  const kind = documents.length > 0 ? "credit_note" : "invoice";
  return { orderId: id, kind, reason, trigger, billHash: billHash ?? "" };
}
