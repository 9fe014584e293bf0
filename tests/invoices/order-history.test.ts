import fc from "fast-check";
import { expect, test } from "vitest";
import type { DocumentContent } from "../../app/documents/document.ts";
import { mapBill } from "../../app/invoices/map-bill.ts";
import type { IssuedContent } from "../../app/invoices/piece.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { balance, balanceByRate, wrongSums } from "./document-sums.ts";
import { issue } from "./issue-story.ts";
import { currentTotal, taxesNow } from "./order-oracle.ts";
import { happen, placeOrder, type Story, sourceOf, story } from "./order-story.ts";

/**
 * Issues what there is to issue and says in words what is wrong then. Plain comparisons: an `expect` for each of a
 * quarter of a million figures would take longer than all the rest.
 */
function issueAndCheck(order: OrderPayload, issued: IssuedContent[], { rounding }: Story): string[] {
  const before = issued.length;
  const bill = mapBill(order);
  const composed = issue(bill, issued, { rounding });
  if (composed.outcome === "held") return [composed.reason];
  const wrong = issued.slice(before).flatMap(({ content }) => wrongDocument(content));
  if (issue(bill, issued, { rounding }).outcome !== "nothing")
    wrong.push("a second look finds more to issue");
  for (const side of ["presentment", "shop"] as const) {
    const totals = side === "shop" ? ("shopTotals" as const) : ("totals" as const);
    const total = balance(issued, (content) => content[totals].grossMinor);
    const wanted = currentTotal(order, side);
    if (total !== wanted) wrong.push(`${side}: documents come to ${total}, the order to ${wanted}`);
    const [rates, expected] = [balanceByRate(issued, side), taxesNow(order, side, rounding)].map(describe);
    if (rates !== expected) wrong.push(`${side}: documents tax ${rates}, the order ${expected}`);
  }
  return wrong;
}

function wrongDocument(content: DocumentContent): string[] {
  const wrong = wrongSums(content);
  if (BigInt(content.totals.grossMinor) <= 0n) wrong.push("a document comes to nothing");
  if (content.taxes.some(({ taxMinor }) => BigInt(taxMinor) < 0n)) wrong.push("a tax is negative");
  return wrong;
}

const describe = (rates: Map<string, { base: bigint; tax: bigint }>) =>
  [...rates]
    .flatMap(([rate, { base, tax }]) => (base === 0n && tax === 0n ? [] : `${rate}: ${tax} on ${base}`))
    .sort()
    .join(", ");

test("over 5,000 histories invoices less credit notes are the order's total, by rate and in both currencies", () => {
  fc.assert(
    fc.property(story, (told) => {
      const source = sourceOf(told);
      let order = placeOrder(told, source);
      const issued: IssuedContent[] = [];
      const wrong = issueAndCheck(order, issued, told);
      for (const what of told.happenings) {
        order = happen(order, what, source);
        wrong.push(...issueAndCheck(order, issued, told));
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
}, 180_000);
