import { expect, test } from "vitest";
import {
  blankCredit,
  listCreditFields,
  parseTypedCredit,
  readTypedCredit,
} from "../../app/invoices/credit-form.ts";

const parse = (changes: object) => parseTypedCredit({ ...blankCredit, ...changes }, "EUR");

test("what is asked for in a form is the same asked for in an address", () => {
  const typed = {
    by: "lines" as const,
    quantities: { "item:1": "2", "item:2": "" },
    amount: "",
    reason: "Scratched & bent",
  };
  expect(readTypedCredit(new URLSearchParams(listCreditFields(typed)))).toEqual(typed);
});

test("lines count when there is a number of them, an amount when it is more than nothing", () => {
  expect(parse({ by: "lines", quantities: { "item:1": "2", "item:2": " ", "item:3": "0" } }).credit).toEqual({
    choice: { by: "lines", lines: [{ key: "item:1", quantity: 2 }] },
    reason: null,
  });
  expect(parse({ by: "amount", amount: "1.05", reason: " Late " }).credit).toEqual({
    choice: { by: "amount", amountMinor: "105" },
    reason: "Late",
  });
  expect(parse({}).credit?.choice).toEqual({ by: "full" });
});

test("what cannot be credited is refused at its field", () => {
  expect(parse({ by: "lines", quantities: { "item:1": "0" } }).errors.quantities).toContain("at least one");
  expect(parse({ by: "lines", quantities: { "item:1": "-1" } }).errors.quantities).toContain("whole numbers");
  expect(parse({ by: "lines", quantities: { "item:1": "1.5" } }).credit).toBeNull();
  for (const amount of ["", "0", "-1", "1.005", "x", "9".repeat(30)])
    expect(parse({ by: "amount", amount }).errors.amount).toContain("more than zero");
  expect(parse({ reason: "x".repeat(201) }).errors.reason).toContain("200");
});
