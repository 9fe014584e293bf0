import { describe, expect, test } from "vitest";
import type { DocumentContent } from "../../app/documents/document.ts";
import type { Bill, BillLine } from "../../app/invoices/bill.ts";
import type { Composed } from "../../app/invoices/compose-documents.ts";
import { hashBill, mapBill } from "../../app/invoices/map-bill.ts";
import type { IssuedContent } from "../../app/invoices/piece.ts";
import { issue, put, settingsWith } from "./issue-story.ts";
import { aBill, aLine } from "./made-bills.ts";

const vat = { title: "VAT", rate: "0.19" };

function contentsOf(composed: Composed): DocumentContent[] {
  if (composed.outcome !== "documents") throw new Error(JSON.stringify(composed));
  return composed.contents;
}

const only = (composed: Composed): DocumentContent => {
  const [content, ...more] = contentsOf(composed);
  if (!content || more.length > 0) throw new Error("not one document");
  return content;
};

/** Issues a bill and says what is issued when it becomes another. */
function change(before: Bill, after: Bill, wish: Parameters<typeof issue>[2] = {}): DocumentContent[] {
  const issued: IssuedContent[] = [];
  issue(before, issued, wish);
  return contentsOf(issue(after, issued, wish));
}

const mug = (quantity: number): BillLine =>
  aLine({ key: "item:1", title: "Mug", quantity, price: 1190, taxes: [vat] });
const cap = (quantity: number): BillLine =>
  aLine({ key: "item:2", title: "Cap", quantity, price: 2380, taxes: [vat] });
const refundOf = (title: string, key: string) => [
  { id: "9", note: null, items: [{ key, title, quantity: 1 }] },
];

describe("a correction", () => {
  test("says which item was refunded, in the document's language", () => {
    const after = { ...aBill([mug(1)]), refunds: refundOf("Mug", "item:1") };
    const [credit] = change(aBill([mug(2)]), after);
    expect(credit).toMatchObject({
      kind: "credit_note",
      reason: "1 × Mug was refunded",
      refersTo: { number: "DOC-1" },
      totals: { netMinor: "1000", taxMinor: "190", grossMinor: "1190" },
      termsDays: null,
    });
    const german = (bill: Bill) => ({ ...bill, locale: "de-DE" });
    expect(change(german(aBill([mug(2)])), german(after))[0]?.reason).toBe("1 × Mug wurde erstattet");
  });

  test("is a further invoice when items were added", () => {
    const [more] = change(aBill([mug(1)]), aBill([mug(1), cap(2)]));
    expect(more).toMatchObject({
      kind: "invoice",
      reason: "2 × Cap were added",
      refersTo: { number: "DOC-1" },
    });
    expect(more?.totals.grossMinor).toBe("4760");
  });

  test("is a credit note and a further invoice when one item replaced another", () => {
    const contents = change(aBill([mug(2)]), aBill([cap(1)]));
    expect(contents.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["credit_note", "2 × Mug were removed"],
      ["invoice", "1 × Cap was added"],
    ]);
  });

  test("says that the order was cancelled", () => {
    const wish = { order: { cancelledAt: "2026-11-25T09:00:00Z" } };
    expect(change(aBill([mug(2)]), aBill([]), wish)[0]?.reason).toBe("The order was cancelled");
  });

  test("shows a price that fell without a quantity", () => {
    const cheaper = { ...mug(2), discount: { presentment: "380", shop: "380" } };
    const [credit] = change(aBill([mug(2)]), aBill([cheaper]));
    expect(credit).toMatchObject({ reason: "The price of Mug changed", totals: { grossMinor: "380" } });
    expect(credit?.lines).toMatchObject([{ quantity: 0, unitPriceMinor: "0", amountMinor: "380" }]);
  });

  test("moves an item to another rate by crediting it at the old one and invoicing it at the new", () => {
    const reduced = { ...mug(2), taxes: [{ title: "VAT", rate: "0.07" }] };
    const contents = change(aBill([mug(2)]), aBill([reduced]));
    expect(
      contents.map(({ kind, taxes }) => [kind, taxes.map(({ rate, taxMinor }) => [rate, taxMinor])]),
    ).toEqual([
      ["credit_note", [["0.19", "380"]]],
      ["invoice", [["0.07", "156"]]],
    ]);
  });

  test("is not made for a title that changed, nor twice for the same bill", () => {
    const issued: IssuedContent[] = [];
    issue(aBill([mug(2)]), issued);
    expect(issue(aBill([{ ...mug(2), title: "Big mug" }]), issued)).toEqual({ outcome: "nothing" });
  });

  test("keeps the rounding of the first invoice though the shop has chosen another since", () => {
    const issued: IssuedContent[] = [];
    issue(aBill([mug(2)]), issued, { rounding: "document" });
    expect(only(issue(aBill([mug(1)]), issued, { rounding: "line" })).rounding).toBe("document");
  });

  test("names the buyer of the invoice, but no e-mail address, once Shopify has had the person erased", () => {
    const issued: IssuedContent[] = [];
    issue(aBill([mug(2)]), issued);
    const order = { email: null, customerName: null, billingAddress: null };
    expect(only(issue(aBill([mug(1)]), issued, { order })).buyer).toMatchObject({
      name: "Ada Example",
      email: null,
    });
  });
});

describe("an order without documents", () => {
  test("gets none because it changed, and none when nothing is left of it", () => {
    expect(issue(aBill([mug(1)]), [], { cause: "change" })).toEqual({ outcome: "nothing" });
    expect(issue(aBill([]), [], { cause: "paid" })).toEqual({ outcome: "nothing" });
  });

  test("gets an invoice of zero when it is free", () => {
    const free = { ...mug(1), discount: { presentment: "1190", shop: "1190" } };
    const issued: IssuedContent[] = [];
    expect(only(issue(aBill([free]), issued)).totals.grossMinor).toBe("0");
    expect(issue(aBill([]), issued)).toEqual({ outcome: "nothing" });
  });
});

describe("Shopify's figures", () => {
  const saying = (bill: Bill, total: number, tax?: number): Bill => ({
    ...bill,
    current: {
      total: { presentment: `${total}`, shop: `${total}` },
      tax: tax === undefined ? bill.current.tax : { presentment: `${tax}`, shop: `${tax}` },
    },
  });

  test("that differ by rounding get a visible line", () => {
    const content = only(issue(saying(aBill([mug(1)]), 1191), []));
    expect(content.totals.grossMinor).toBe("1191");
    expect(content.lines.at(-1)).toMatchObject({
      kind: "rounding",
      title: "Rounding",
      amountMinor: "1",
      taxKeys: [],
    });
  });

  test("that differ by more hold the document, with both figures", () => {
    expect(issue(saying(aBill([mug(1)]), 1200), [])).toMatchObject({
      outcome: "held",
      reason: "Shopify says that the order comes to €12.00, but its lines say €11.90.",
      difference: { differenceMinor: "10" },
    });
    expect(issue(saying(aBill([mug(1)]), 1190, 150), [])).toMatchObject({
      outcome: "held",
      reason: "Shopify says that the order bears tax of €1.50, but its lines say €1.90.",
      difference: { differenceMinor: "0" },
    });
  });

  test("that differ are set beside the lines', with the tax that the difference would bear", () => {
    const plain = { ...mug(1), key: "item:9", taxes: [] };
    expect(issue(saying(aBill([mug(1), plain]), 3332, 190), [])).toHaveProperty("difference", {
      currency: "EUR",
      shopify: { totalMinor: "3332", taxMinor: "190" },
      lines: { totalMinor: "2380", taxMinor: "190" },
      documents: { totalMinor: "3332", taxMinor: "266" },
      differenceMinor: "952",
      parts: [
        { totalMinor: "476", taxMinor: "76", rates: [{ title: "VAT", rate: "0.19" }] },
        { totalMinor: "476", taxMinor: "0", rates: [{ title: "VAT", rate: "0" }] },
      ],
    });
  });

  test("that a refund by amount explains lower base and tax at the lines' rates", () => {
    const issued: IssuedContent[] = [];
    issue(aBill([mug(2)]), issued);
    const amount = { presentment: "-500", shop: "-500" };
    const none = { presentment: "0", shop: "0" };
    const adjustments = [{ key: "adjustment:7", reason: "refund_discrepancy", amount, tax: none }];
    const credit = only(issue({ ...saying(aBill([mug(2)]), 1880), adjustments }, issued));
    expect(credit).toMatchObject({
      reason: "€5.00 was refunded",
      totals: { netMinor: "420", taxMinor: "80", grossMinor: "500" },
      taxes: [{ rate: "0.19", baseMinor: "420", taxMinor: "80" }],
    });
  });

  test("that are not told in the buyer's currency hold the document", () => {
    const json = { currency: "EUR", presentment_currency: "USD", current_total_price: "10.00" };
    const composed = issue(
      mapBill({ ...json, line_items: [{ id: 1, title: "Mug", quantity: 1, price: "10.00" }] }),
      [],
    );
    expect(composed).toMatchObject({ outcome: "held" });
    expect(composed).toHaveProperty("reason", expect.stringContaining("the price of Mug in USD"));
  });

  test("in another currency than the invoice was issued in hold the correction", () => {
    const issued: IssuedContent[] = [];
    issue(aBill([mug(2)]), issued);
    const composed = issue({ ...aBill([mug(1)]), currency: "USD" }, issued);
    expect(composed).toHaveProperty("reason", expect.stringContaining("DOC-1 is in EUR"));
  });
});

describe("where no tax is charged, the document says why", () => {
  const untaxed = (line: Partial<BillLine> = {}) => aBill([{ ...mug(1), taxes: [], ...line }]);
  const taxed = (bill: Bill) => only(issue(bill, [])).taxes.map(({ category, reason }) => [category, reason]);
  const frenchId = { attributes: [{ name: "vat id", value: "FR 40 303 265 045" }] };

  test.each<[string, Bill, string, string]>([
    ["a taxable product without a rate is zero-rated", untaxed(), "zero", "Zero-rated."],
    ["a product that is not taxable is exempt", untaxed({ taxable: false }), "exempt", "Exempt from tax."],
    ["an order that is exempt is exempt", { ...untaxed(), taxExempt: true }, "exempt", "Exempt from tax."],
    ["a gift card is not subject to tax", untaxed({ giftCard: true }), "exempt", "Not subject to tax."],
    [
      "a VAT id of another member state reverses the charge",
      { ...untaxed(), ...frenchId },
      "reverse_charge",
      "Reverse charge: the recipient is liable to account for the tax.",
    ],
    [
      "a VAT id of the seller's own country does not",
      { ...untaxed(), attributes: [{ name: "VAT ID", value: "DE123456789" }] },
      "zero",
      "Zero-rated.",
    ],
  ])("%s", (_, bill, category, reason) => {
    expect(taxed(bill)).toEqual([[category, reason]]);
  });

  test("a VAT id changes nothing where tax was charged", () => {
    expect(taxed({ ...aBill([mug(1)]), ...frenchId })).toEqual([["standard", null]]);
  });

  test("the shop's own words come before the language's", () => {
    const settings = settingsWith();
    settings.taxes = { ...settings.taxes, zeroReason: "Small business, § 19 UStG." };
    expect(only(issue(untaxed(), [], { settings })).taxes[0]?.reason).toBe("Small business, § 19 UStG.");
  });

  test("a reason that is set otherwise later corrects nothing", () => {
    const issued: IssuedContent[] = [];
    issue(untaxed(), issued);
    expect(issue({ ...untaxed(), ...frenchId }, issued)).toEqual({ outcome: "nothing" });
  });
});

test("days are read from the shop's calendar, and a paid order has no terms", () => {
  const settings = settingsWith();
  const bill = { ...aBill([mug(1)]), outstanding: "0", purchaseOrder: "PO-7" };
  const content = only(issue(bill, [], { settings, order: { deliveredAt: "2026-11-25T23:30:00Z" } }));
  // 23:30 in London is half past midnight in Berlin.
  expect(content.order).toEqual({ name: "#1001", placedOn: "2026-11-25", purchaseOrder: "PO-7" });
  expect(content).toMatchObject({ deliveredOn: "2026-11-26", termsDays: null, refersTo: null, reason: null });
  expect(only(issue({ ...bill, outstanding: "1190" }, [])).termsDays).toBe(14);
  // Money that is only authorized has not been paid.
  expect(only(issue(bill, [], { order: { financialStatus: "authorized" } })).termsDays).toBe(14);
});

test("an invoice of what is paid already names no account and says that nothing is owed", () => {
  const bank = { name: "Kiln Bank", iban: "DE89370400440532013000", bic: "COBADEFFXXX", holder: null };
  const settings = { ...settingsWith(), seller: { ...settingsWith().seller, bank } };
  const said = (outstanding: string | null, financialStatus: string) =>
    only(issue({ ...aBill([mug(1)]), outstanding }, [], { settings, order: { financialStatus } }));
  for (const content of [said("0", "paid"), said(null, "paid")])
    expect(content).toMatchObject({ paidInFull: true, termsDays: null, seller: { bank: { iban: null } } });
  for (const content of [said("1190", "pending"), said(null, "pending"), said("0", "authorized")])
    expect(content).toMatchObject({ paidInFull: false, termsDays: 14, seller: { bank } });
  const [credit] = change({ ...aBill([mug(2)]), outstanding: "0" }, { ...aBill([mug(1)]), outstanding: "0" });
  expect(credit).toMatchObject({ kind: "credit_note", paidInFull: false });
});

test("a bill's hash does not depend on the order of its keys", () => {
  const bill = aBill([mug(1)]);
  const { format, ...rest } = bill;
  expect(hashBill({ ...rest, format })).toBe(hashBill(bill));
  expect(hashBill(aBill([mug(2)]))).not.toBe(hashBill(bill));
});

test("a credit note by hand for a line leaves nothing to do when Shopify refunds it", () => {
  const issued: IssuedContent[] = [];
  const first = only(issue(aBill([mug(2)]), issued));
  put(issued, { ...first, kind: "credit_note" }, true);
  expect(issue(aBill([mug(2)]), issued)).toEqual({ outcome: "nothing" });
  expect(issue(aBill([]), issued)).toEqual({ outcome: "nothing" });
});
