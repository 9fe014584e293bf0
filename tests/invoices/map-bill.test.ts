import { expect, test } from "vitest";
import { eraseBill, mapBill } from "../../app/invoices/map-bill.ts";
import { issue } from "./issue-story.ts";

const set = (amount: string) => ({ shop_money: { amount }, presentment_money: { amount } });

const mug = {
  id: 1n,
  title: "Mug",
  variant_title: "Blue",
  sku: "MUG-1",
  quantity: 3,
  current_quantity: 2,
  price: "10.00",
  tax_lines: [{ title: "VAT", rate: 0.19, price: "5.70" }],
  discount_allocations: [{ amount: "1.00" }],
};

const order = {
  currency: "EUR",
  taxes_included: false,
  current_total_price: "23.00",
  current_total_tax: "3.67",
  line_items: [mug],
};

test("a line is billed at its current quantity with its part of the discount, rounded half up", () => {
  expect(mapBill(order).lines).toMatchObject([
    {
      key: "item:1",
      title: "Mug",
      details: "Blue · MUG-1",
      quantity: 2,
      taxes: [{ title: "VAT", rate: "0.19" }],
    },
  ]);
  expect(mapBill(order).lines[0]?.discount).toEqual({ presentment: "67", shop: "67" });
  expect(issue(mapBill(order), [])).toMatchObject({ contents: [{ totals: { grossMinor: "2300" } }] });
});

test("a payload from before current_quantity tells the quantity by its refunds", () => {
  const { current_quantity: _, ...line } = mug;
  const refunds = [{ id: 5n, refund_line_items: [{ line_item_id: 1n, quantity: 1 }] }];
  expect(mapBill({ ...order, line_items: [line], refunds }).lines[0]?.quantity).toBe(2);
});

test("shipping costs what it costs now; free shipping stays, refunded shipping and removed lines do not", () => {
  const shipping = (rest: object) => ({ title: "Standard", price: "5.00", ...rest });
  const bill = mapBill({
    ...order,
    shipping_lines: [
      shipping({ id: 1n, discounted_price: "4.00" }),
      shipping({ id: 2n, discounted_price: "0.00" }),
      shipping({ id: 3n, discounted_price_set: set("5.00"), current_discounted_price_set: set("0.00") }),
      shipping({ id: 4n, is_removed: true }),
      shipping({ id: 5n, discounted_price_set: set("5.00"), current_discounted_price_set: set("2.00") }),
    ],
  });
  const found = bill.lines.filter(({ kind }) => kind === "shipping");
  expect(found.map(({ key, unitPrice, discount }) => [key, unitPrice.shop, discount.shop])).toEqual([
    ["shipping:1", "500", "100"],
    ["shipping:2", "500", "500"],
    ["shipping:5", "200", "0"],
  ]);
});

test("a tip that is also among the lines is billed once", () => {
  const tip = { id: 9n, title: "Tip", quantity: 1, price: "2.00", taxable: false };
  const kinds = (json: object) =>
    mapBill({ ...order, total_tip_received: "2.00", ...json }).lines.map(({ kind }) => kind);
  expect(kinds({})).toEqual(["item", "tip"]);
  expect(kinds({ line_items: [mug, tip] })).toEqual(["item", "tip"]);
});

test("duties are billed unless prices include them, additional fees always", () => {
  const extras = { current_total_duties_set: set("3.00"), current_total_additional_fees_set: set("1.50") };
  const kinds = (json: object) => mapBill({ ...order, ...extras, ...json }).lines.map(({ kind }) => kind);
  expect(kinds({})).toEqual(["item", "duty", "fee"]);
  expect(kinds({ duties_included: true })).toEqual(["item", "fee"]);
});

test("a refund of shipping that only an adjustment tells lowers the invoice with its tax", () => {
  const bill = mapBill({
    ...order,
    current_total_price: "23.00",
    current_total_tax: "3.67",
    shipping_lines: [
      { id: 1n, price: "5.00", discounted_price: "5.00", tax_lines: [{ title: "VAT", rate: 0.19 }] },
    ],
    refunds: [
      {
        id: 5n,
        order_adjustments: [{ id: 7n, kind: "shipping_refund", amount: "-5.00", tax_amount: "-0.95" }],
      },
    ],
  });
  expect(bill.adjustments).toMatchObject([
    { key: "adjustment:7", amount: { shop: "-500" }, tax: { shop: "-95" } },
  ]);
  expect(issue(bill, [])).toMatchObject({ contents: [{ totals: { grossMinor: "2300", taxMinor: "367" } }] });
});

test("an amount that cannot be read is a problem of the bill, not of the order", () => {
  const bill = mapBill({ ...order, currency: "JPY" });
  expect(bill.problem).toContain('as "3.67", which is no amount in JPY');
});

test("of the order's attributes only those that the shop reads are kept, and erasing takes them out", () => {
  const json = {
    ...order,
    po_number: "PO-7",
    note_attributes: [
      { name: "vat id", value: "FR40303265045" },
      { name: "Birthday", value: "1 May" },
    ],
    refunds: [{ id: 5n, note: "Ada called" }],
  };
  expect(mapBill(json).attributes).toEqual([{ name: "vat id", value: "FR40303265045" }]);
  expect(mapBill(json, ["birthday"]).attributes).toEqual([{ name: "Birthday", value: "1 May" }]);
  expect(eraseBill(mapBill(json))).toMatchObject({
    attributes: [],
    purchaseOrder: null,
    refunds: [{ note: null }],
  });
});
