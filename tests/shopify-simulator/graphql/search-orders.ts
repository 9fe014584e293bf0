import type { OrderPayload } from "../orders/order-payload.ts";

type Test = (order: OrderPayload) => boolean;

const times: Record<string, (order: OrderPayload) => string> = {
  updated_at: (order) => order.updated_at,
  created_at: (order) => order.created_at,
  processed_at: (order) => order.processed_at,
};

const texts: Record<string, (order: OrderPayload) => string> = {
  name: (order) => order.name,
  email: (order) => order.email ?? "",
  financial_status: (order) => order.financial_status,
  fulfillment_status: (order) => order.fulfillment_status ?? "unfulfilled",
  test: (order) => String(order.test),
  id: (order) => String(order.id),
};

function statusTest(value: string): Test {
  if (value === "open") return (order) => !order.closed_at && !order.cancelled_at;
  if (value === "closed") return (order) => order.closed_at !== null;
  if (value === "cancelled") return (order) => order.cancelled_at !== null;
  return () => true;
}

function compareTest(left: number | bigint, operator: string, right: number | bigint): boolean {
  if (operator === ">=") return left >= right;
  if (operator === ">") return left > right;
  if (operator === "<=") return left <= right;
  if (operator === "<") return left < right;
  return left === right;
}

function fieldTest(field: string, operator: string, value: string): Test {
  const time = times[field];
  if (time) return (order) => compareTest(Date.parse(time(order)), operator, Date.parse(value));
  if (field === "status") return statusTest(value);
  if (field === "id" && /^\d+$/.test(value)) return (order) => compareTest(order.id, operator, BigInt(value));
  const text = texts[field];
  // The platform ignores filters it does not know, and so must a test that relies on one find out.
  if (!text) return () => true;
  return (order) => text(order).toLowerCase() === value.toLowerCase();
}

/** The part of Shopify's search syntax that order reads use: `field:>='value' AND …`. */
export function parseOrderSearch(query: string): Test {
  const terms = [...query.matchAll(/(\w+):\s*(>=|<=|>|<)?\s*(?:'([^']*)'|"([^"]*)"|([^\s()]+))/g)];
  const tests = terms.map(([, field = "", operator = "", single, double, bare]) =>
    fieldTest(field, operator, single ?? double ?? bare ?? ""),
  );
  return (order) => tests.every((test) => test(order));
}
