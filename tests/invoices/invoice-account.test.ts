import { expect, test } from "vitest";
import { type AccountDocument, accountsOf, type OrderMoney } from "../../app/invoices/invoice-account.ts";

const invoice = (fields: Partial<AccountDocument> = {}): AccountDocument => ({
  id: "invoice",
  kind: "invoice",
  trigger: "paid",
  refersToId: null,
  grossMinor: 100n,
  paidMinor: 0n,
  creditedMinor: 0n,
  enteredMinor: 0n,
  ...fields,
});

const note = (grossMinor: bigint, trigger: AccountDocument["trigger"]): AccountDocument =>
  invoice({
    id: `${trigger} ${grossMinor}`,
    kind: "credit_note",
    trigger,
    refersToId: "invoice",
    grossMinor,
  });

const money = (financialStatus: string, totalMinor: bigint, outstandingMinor: bigint | null = 0n) => ({
  financialStatus,
  totalMinor,
  outstandingMinor,
});

/** Total, credited, paid, refunded, open. */
function accountOf(documents: AccountDocument[], order: OrderMoney): (string | undefined)[] {
  const account = accountsOf(documents, order).get("invoice");
  return [
    account?.totalMinor,
    account?.creditedMinor,
    account?.paidMinor,
    account?.refundedMinor,
    account?.openMinor,
  ];
}

test.each([
  ["is open until it is paid", invoice(), [], money("pending", 100n, 100n), [100, 0, 0, 0, 100]],
  ["is paid", invoice({ paidMinor: 100n }), [], money("paid", 100n), [100, 0, 100, 0, 0]],
  [
    "was paid, and went back as a whole",
    invoice({ creditedMinor: 100n }),
    [note(100n, "refund")],
    money("refunded", 0n),
    [100, 100, 100, 100, 0],
  ],
  [
    "was paid, and went back in part",
    invoice({ paidMinor: 70n, creditedMinor: 30n }),
    [note(30n, "refund")],
    money("partially_refunded", 70n),
    [100, 30, 100, 30, 0],
  ],
  [
    "was paid, and is credited here before the money goes back",
    invoice({ creditedMinor: 100n }),
    [note(100n, "by_hand")],
    money("paid", 100n),
    [100, 100, 100, 0, -100],
  ],
  [
    "was credited here, and Shopify has refunded it since",
    invoice({ paidMinor: 70n, creditedMinor: 30n }),
    [note(30n, "by_hand")],
    money("partially_refunded", 70n),
    [100, 30, 100, 30, 0],
  ],
  [
    "was never paid and is credited",
    invoice({ creditedMinor: 100n }),
    [note(100n, "cancel")],
    money("voided", 0n),
    [100, 100, 0, 0, 0],
  ],
  [
    "lost an item before it was paid, and another by a refund",
    invoice({ paidMinor: 60n, creditedMinor: 40n }),
    [note(30n, "edit"), note(10n, "refund")],
    money("partially_refunded", 60n),
    [100, 40, 70, 10, 0],
  ],
  [
    "lost an item after it was paid, and Shopify owes for it",
    invoice({ paidMinor: 70n, creditedMinor: 30n }),
    [note(30n, "edit")],
    money("paid", 70n, -30n),
    [100, 30, 100, 0, -30],
  ],
  [
    "was paid by transfer and is credited",
    invoice({ creditedMinor: 100n, enteredMinor: 100n }),
    [note(100n, "by_hand")],
    money("pending", 100n, 100n),
    [100, 100, 100, 0, -100],
  ],
  [
    "does not owe the buyer what is held for a person to invoice",
    invoice({ paidMinor: 100n }),
    [],
    money("paid", 140n),
    [100, 0, 100, 0, 0],
  ],
  [
    "does not owe the buyer what is held either, when an item was taken off it before it was paid",
    invoice({ paidMinor: 70n, creditedMinor: 30n }),
    [note(30n, "edit")],
    money("paid", 110n),
    [100, 30, 70, 0, 0],
  ],
  ["of an order that Shopify says nothing of", invoice(), [], money("", 100n, null), [100, 0, 0, 0, 100]],
] as const)("an invoice %s", (_what, one, notes, order, expected) => {
  expect(accountOf([one, ...notes], order)).toEqual(expected.map(String));
});

test("what went back belongs to the invoice that the credit note names", () => {
  const second = invoice({ id: "second", grossMinor: 50n, paidMinor: 20n, creditedMinor: 30n });
  const back = { ...note(30n, "refund"), refersToId: "second" };
  const accounts = accountsOf(
    [invoice({ paidMinor: 100n }), second, back],
    money("partially_refunded", 120n),
  );
  expect(accounts.get("invoice")).toMatchObject({ paidMinor: "100", refundedMinor: "0", openMinor: "0" });
  expect(accounts.get("second")).toMatchObject({ paidMinor: "50", refundedMinor: "30", openMinor: "0" });
});
