import { expect, test } from "vitest";
import { decidePayments, type PayableDocument } from "../../app/invoices/payment-states.ts";

const today = "2026-11-25";
const invoice = (id: string, grossMinor: bigint, more: Partial<PayableDocument> = {}): PayableDocument => ({
  id,
  kind: "invoice",
  grossMinor,
  refersToId: null,
  dueOn: "2026-12-01",
  enteredMinor: 0n,
  ...more,
});
const credit = (id: string, grossMinor: bigint, refersToId: string | null): PayableDocument => ({
  ...invoice(id, grossMinor),
  kind: "credit_note",
  refersToId,
});

const decide = (documents: PayableDocument[], paid: bigint | "all" = 0n) =>
  Object.fromEntries(
    [...decidePayments(documents, paid, today)].map(([id, { state, paidMinor, creditedMinor }]) => [
      id,
      [state, paidMinor, creditedMinor],
    ]),
  );

test("an invoice goes from issued over partly paid to paid", () => {
  expect(decide([invoice("a", 100n)])).toEqual({ a: ["issued", 0n, 0n] });
  expect(decide([invoice("a", 100n)], 40n)).toEqual({ a: ["partly_paid", 40n, 0n] });
  expect(decide([invoice("a", 100n)], 100n)).toEqual({ a: ["paid", 100n, 0n] });
  expect(decide([invoice("a", 100n)], "all")).toEqual({ a: ["paid", 100n, 0n] });
});

test("it is overdue on the day after its due date, however much was paid, and not on the day itself", () => {
  expect(decide([invoice("a", 100n, { dueOn: today })])).toEqual({ a: ["issued", 0n, 0n] });
  expect(decide([invoice("a", 100n, { dueOn: "2026-11-24" })], 40n)).toEqual({ a: ["overdue", 40n, 0n] });
  expect(decide([invoice("a", 100n, { dueOn: "2026-11-24" })], 100n)).toEqual({ a: ["paid", 100n, 0n] });
  expect(decide([invoice("a", 100n, { dueOn: null })])).toEqual({ a: ["issued", 0n, 0n] });
});

test("what is credited is not owed, and an invoice that is credited whole is credited", () => {
  expect(decide([invoice("a", 100n), credit("c", 30n, "a")], 70n).a).toEqual(["paid", 70n, 30n]);
  expect(decide([invoice("a", 100n), credit("c", 100n, "a")], "all").a).toEqual(["credited", 0n, 100n]);
});

test("a credit note larger than its invoice goes on to the order's others", () => {
  const documents = [invoice("a", 100n), invoice("b", 50n), credit("c", 120n, "b")];
  expect(decide(documents)).toEqual({
    a: ["issued", 0n, 70n],
    b: ["credited", 0n, 50n],
    c: ["issued", 0n, 0n],
  });
});

test("payments at Shopify fill the invoices in the order they were issued, beside what was entered", () => {
  const documents = [invoice("a", 100n, { enteredMinor: 60n }), invoice("b", 50n)];
  expect(decide(documents, 50n)).toEqual({ a: ["paid", 100n, 0n], b: ["partly_paid", 10n, 0n] });
});

test("nothing is paid beyond what is owed", () => {
  expect(decide([invoice("a", 100n, { enteredMinor: 90n })], 500n)).toEqual({ a: ["paid", 100n, 0n] });
  expect(decide([invoice("a", 100n, { enteredMinor: 90n }), credit("c", 50n, "a")])).toMatchObject({
    a: ["paid", 50n, 50n],
  });
});

test("an invoice of nothing is paid", () => {
  expect(decide([invoice("a", 0n)])).toEqual({ a: ["paid", 0n, 0n] });
});
