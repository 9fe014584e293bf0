import fc from "fast-check";
import { expect, test } from "vitest";
import type { IssuedContent } from "../../app/invoices/piece.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { balance, balanceByRate, wrongSums } from "./document-sums.ts";
import { issue } from "./issue-story.ts";
import { currentTotal, taxesNow } from "./order-oracle.ts";
import { happen, placeOrder, type Story, sourceOf, story } from "./order-story.ts";

/** Issues until there is nothing more, which must be after one round, and says what the documents come to. */
function issueAndCheck(order: OrderPayload, issued: IssuedContent[], { rounding }: Story) {
  const before = issued.length;
  const composed = issue(order, issued, { rounding });
  expect(composed.outcome, JSON.stringify(composed)).not.toBe("held");
  expect(issue(order, issued, { rounding })).toEqual({ outcome: "nothing" });
  for (const { content } of issued.slice(before)) expect(wrongSums(content)).toEqual([]);
  for (const side of ["presentment", "shop"] as const) {
    const totals = side === "shop" ? ("shopTotals" as const) : ("totals" as const);
    expect(balance(issued, (content) => content[totals].grossMinor)).toBe(currentTotal(order, side));
    expect(withoutZero(balanceByRate(issued, side))).toEqual(withoutZero(taxesNow(order, side, rounding)));
  }
  for (const { content } of issued) {
    expect(BigInt(content.totals.grossMinor)).toBeGreaterThan(0n);
    for (const tax of content.taxes) expect(BigInt(tax.taxMinor)).toBeGreaterThanOrEqual(0n);
  }
}

const withoutZero = (rates: Map<string, { base: bigint; tax: bigint }>) =>
  Object.fromEntries([...rates].filter(([, { base, tax }]) => base !== 0n || tax !== 0n).sort());

test("over 5,000 histories invoices less credit notes are the order's total, by rate and in both currencies", () => {
  fc.assert(
    fc.property(story, (told) => {
      const source = sourceOf(told);
      let order = placeOrder(told, source);
      const issued: IssuedContent[] = [];
      issueAndCheck(order, issued, told);
      for (const what of told.happenings) {
        order = happen(order, what, source);
        issueAndCheck(order, issued, told);
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 5_000) },
  );
}, 60_000);
