import { expect, test } from "vitest";
import { describeDocumentEvent } from "../../app/invoices/describe-document-event.ts";

const say = (kind: string, detail: Record<string, string | number | null>) =>
  describeDocumentEvent({
    id: "1",
    documentId: null,
    kind,
    detail,
    actorKind: "merchant",
    actorName: "Anna Berg",
    createdAt: "2026-11-25T10:00:00Z",
  });
const invoice = { number: "INV-2026-0007", documentKind: "invoice", reason: null };
const payment = { number: "INV-2026-0007", amountMinor: "1250", currency: "EUR" };

test.each([
  ["issued", { ...invoice, trigger: "paid" }, "Invoice INV-2026-0007 was issued because the order was paid"],
  [
    "issued",
    { ...invoice, trigger: "fulfilled" },
    "Invoice INV-2026-0007 was issued because the order was fulfilled",
  ],
  ["issued", { ...invoice, trigger: "by_hand" }, "Anna Berg issued invoice INV-2026-0007"],
  [
    "issued",
    {
      number: "CN-2026-0007",
      documentKind: "credit_note",
      trigger: "refund",
      reason: "1 × Mug was refunded",
      language: "en",
    },
    "Credit note CN-2026-0007 was issued because 1 × Mug was refunded",
  ],
  [
    "issued",
    {
      number: "CN-2026-0008",
      documentKind: "credit_note",
      trigger: "refund",
      reason: "1 × Mug wurde erstattet",
      language: "de",
    },
    "Credit note CN-2026-0008 was issued: “1 × Mug wurde erstattet”",
  ],
  [
    "held",
    { documentKind: "invoice", reason: "The totals differ." },
    "An invoice is held for a person: The totals differ.",
  ],
  ["payment_recorded", payment, "Anna Berg recorded a payment of €12.50 for INV-2026-0007"],
  ["payment_undone", payment, "Anna Berg took back a payment of €12.50 for INV-2026-0007"],
  ["paid", invoice, "INV-2026-0007 was paid"],
  ["overdue", invoice, "INV-2026-0007 is overdue"],
  ["something_new", invoice, "Anna Berg: something new (INV-2026-0007)"],
])("%s with %o is told in a sentence", (kind, detail, sentence) => {
  expect(say(kind, detail)).toBe(sentence);
});
