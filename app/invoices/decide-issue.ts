import { whyExcluded } from "./automation.ts";
import type { ToIssue } from "./compose-documents.ts";
import { composeOrder } from "./compose-order.ts";
import type { BillingTerms, OrderToBill } from "./orders-to-bill.server.ts";

/** In bulk the shop's excluded tags and gateways are left out; a person who issues one invoice means that one. */
export type IssueTrigger = "by_hand" | "bulk";

export type IssueDecision =
  | (ToIssue & {
      outcome: "documents";
      order: OrderToBill;
      /** What corrects earlier documents follows from the order, whoever asked for it. */
      cause: "by_hand" | "change";
    })
  | { outcome: "nothing_to_invoice" }
  | { outcome: "held"; order: OrderToBill; reason: string }
  | { outcome: "excluded"; reason: string }
  | { outcome: "not_found" };

/**
 * What issuing would make of an order as it is now.
 * @param acceptDifference a person has seen that Shopify's figures and the lines differ, and wants a line for it
 */
export function decideIssue(
  order: OrderToBill | undefined,
  terms: BillingTerms,
  trigger: IssueTrigger,
  acceptDifference = false,
): IssueDecision {
  if (!order || (order.deleted && order.documents.length === 0)) return { outcome: "not_found" };
  const excludes = trigger === "bulk" ? terms.settings.automation : { excludeTags: [], excludeGateways: [] };
  const reason = whyExcluded({ ...order, gateways: order.bill?.gateways ?? [] }, excludes);
  if (reason) return { outcome: "excluded", reason };
  const cause = order.documents.length > 0 ? "change" : "by_hand";
  const composed = composeOrder(order, terms, cause, acceptDifference);
  switch (composed.outcome) {
    case "nothing":
      return { outcome: "nothing_to_invoice" };
    case "held":
      return { outcome: "held", order, reason: composed.reason };
    case "documents":
      return { ...composed, order, cause };
  }
}
