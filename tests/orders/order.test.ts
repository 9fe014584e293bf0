import { expect, test } from "vitest";
import {
  describeAllowedMoves,
  isAllowedMove,
  mapStatus,
  normaliseText,
  orderStatuses,
  selectableStatuses,
} from "../../app/orders/order.ts";

test.each([
  [
    { cancelledAt: "2026-01-01T00:00:00Z", fulfillmentStatus: "fulfilled", financialStatus: "paid" },
    "CANCELLED",
  ],
  [{ cancelledAt: null, fulfillmentStatus: "fulfilled", financialStatus: "pending" }, "SHIPPED"],
  [{ cancelledAt: null, fulfillmentStatus: "partial", financialStatus: "voided" }, "CONFIRMED"],
  [{ cancelledAt: null, fulfillmentStatus: null, financialStatus: "paid" }, "CONFIRMED"],
  [{ cancelledAt: null, fulfillmentStatus: null, financialStatus: "partially_paid" }, "CONFIRMED"],
  [{ cancelledAt: null, fulfillmentStatus: null, financialStatus: "authorized" }, "CONFIRMED"],
  [{ cancelledAt: null, fulfillmentStatus: "restocked", financialStatus: "refunded" }, "CONFIRMED"],
  [{ cancelledAt: null, fulfillmentStatus: null, financialStatus: "pending" }, "PENDING"],
  [{ cancelledAt: null, fulfillmentStatus: "from the future", financialStatus: "unheard of" }, "PENDING"],
  [{ cancelledAt: null, fulfillmentStatus: null, financialStatus: null }, "PENDING"],
] as const)("Shopify's %o means %s", (shopify, status) => {
  expect(mapStatus(shopify)).toBe(status);
});

test("exactly the moves of the rule are allowed", () => {
  const allowed = orderStatuses.flatMap((from) =>
    orderStatuses.filter((to) => from !== to && isAllowedMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(allowed.sort()).toEqual([
    "CONFIRMED → CANCELLED",
    "CONFIRMED → PENDING",
    "CONFIRMED → SHIPPED",
    "PENDING → CANCELLED",
    "PENDING → CONFIRMED",
    "PENDING → SHIPPED",
    "SHIPPED → CONFIRMED",
  ]);
});

test("a refusal names what is allowed instead", () => {
  expect(describeAllowedMoves("PENDING")).toBe(
    "From Pending an order can go to Confirmed or Shipped or Cancelled.",
  );
  expect(describeAllowedMoves("CANCELLED")).toBe("The order is cancelled, and that is final.");
  expect(selectableStatuses("SHIPPED")).toEqual(["SHIPPED", "CONFIRMED"]);
});

test("text is stored the way it compares: one kind of line end, no blank text, nothing PostgreSQL refuses", () => {
  expect(normaliseText("a\r\nb ")).toBe("a\nb");
  expect(normaliseText(" \r\n\t")).toBeNull();
  expect(normaliseText("a\0b\ud800c")).toBe("a\uFFFDb\uFFFDc");
});
