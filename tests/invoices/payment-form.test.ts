import { expect, test } from "vitest";
import { parseTypedPayment } from "../../app/invoices/payment-form.ts";

const parse = (changes: object, currency = "EUR") =>
  parseTypedPayment({ amount: "12.50", paidOn: "2026-11-25", note: "", ...changes }, currency);

test("a payment is an amount of the document's currency on a day", () => {
  expect(parse({}).payment).toEqual({ amountMinor: 1250n, paidOn: "2026-11-25", note: null });
  expect(parse({ amount: "1250" }, "JPY").payment?.amountMinor).toBe(1250n);
});

test("an amount of nothing and a day that no calendar has are refused at their fields", () => {
  expect(parse({ amount: "0" }).errors.amount).toContain("more than zero");
  expect(parse({ amount: "1.5" }, "JPY").errors.amount).toContain("like 5.");
  for (const paidOn of ["", "2026-02-30", "25.11.2026", "0001-01-01", "2026-13-01"])
    expect({ paidOn, errors: parse({ paidOn }).errors }).toEqual({
      paidOn,
      errors: { paidOn: "Write a day like 2026-11-25." },
    });
  expect(parse({ note: "x".repeat(301) }).errors.note).toContain("300");
});
