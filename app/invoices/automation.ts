import type { InvoiceSettings } from "./settings.ts";

type Automation = InvoiceSettings["automation"];

/** What the rules of automation ask of an order. */
export interface AutomatedOrder {
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  /** ISO 8601 or PostgreSQL's own text. */
  createdAt: string;
  cancelledAt: string | null;
  deleted: boolean;
  test: boolean;
  tags: string[];
  gateways: string[];
}

/** Paid at least once in full: a refund that came in the same moment does not unmake the payment. */
const paidStatuses = ["paid", "partially_refunded"];

/**
 * Which trigger of the shop's makes this order's first invoice, if it is met now. An order that was cancelled or
 * deleted, that is a test, or that was placed before automation began gets none by itself.
 * @returns null when nothing is to happen
 */
export function metTrigger(order: AutomatedOrder, automation: Automation): "paid" | "fulfilled" | null {
  const { trigger, since } = automation;
  if (trigger === "by_hand" || order.deleted || order.cancelledAt) return null;
  if (since && Date.parse(order.createdAt) < Date.parse(since)) return null;
  if (whyExcluded(order, automation)) return null;
  if (trigger === "paid") return paidStatuses.includes(order.financialStatus ?? "") ? trigger : null;
  return order.fulfillmentStatus === "fulfilled" ? trigger : null;
}

/** Why an order is left out, in a sentence; null when it is not. Words are compared without case. */
export function whyExcluded(
  { test, tags, gateways }: Pick<AutomatedOrder, "test" | "tags" | "gateways">,
  { excludeTags, excludeGateways }: Pick<Automation, "excludeTags" | "excludeGateways">,
): string | null {
  if (test) return "It is a test order.";
  const tag = firstCommon(tags, excludeTags);
  if (tag) return `It has the tag “${tag}”, which is left out.`;
  const gateway = firstCommon(gateways, excludeGateways);
  return gateway ? `It was paid through “${gateway}”, which is left out.` : null;
}

function firstCommon(have: string[], excluded: string[]): string | undefined {
  const words = new Set(excluded.map((word) => word.toLowerCase()));
  return have.find((word) => words.has(word.toLowerCase()));
}
