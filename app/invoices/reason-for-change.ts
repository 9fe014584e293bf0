import type { Language } from "../documents/document.ts";
import { changeWords } from "../documents/languages/change-words.ts";
import { formatAmount, formatQuantity } from "../documents/languages/formats.ts";
import type { Bill } from "./bill.ts";
import type { Piece } from "./piece.ts";
import { totalOf } from "./tax-pieces.ts";

interface Changes {
  pieces: Piece[];
  bill: Bill;
  language: Language;
}

/** Why a credit note takes something back, in the document's language: "1 × Mug was refunded". */
export function reasonForCredit({ pieces, bill, language }: Changes, isCancelled: boolean): string {
  const words = changeWords[language];
  if (isCancelled) return words.cancelled;
  const refunded = new Set(bill.refunds.flatMap(({ items }) => items.map(({ key }) => key)));
  const items = pieces.filter(({ kind, quantity }) => kind === "item" && quantity > 0);
  const [back, gone] = [
    items.filter(({ key }) => refunded.has(key)),
    items.filter(({ key }) => !refunded.has(key)),
  ];
  const adjusted = pieces.filter(({ kind, key }) => kind === "adjustment" && key.startsWith("adjustment:"));
  const amount = totalOf(adjusted, bill.taxesIncluded).presentment;
  return join(
    [
      back.length > 0 && words.refunded(nameItems(back, language), countOf(back)),
      gone.length > 0 && words.removed(nameItems(gone, language), countOf(gone)),
      ...priceChanges(pieces, language),
      pieces.some(({ kind }) => kind === "shipping") && words.shippingRefunded,
      amount > 0n && words.amountRefunded(formatAmount(language, amount, bill.currency)),
    ],
    words.changed,
  );
}

/** What a further invoice is for: "2 × Cap were added". */
export function reasonForAddition({ pieces, language }: Changes): string {
  const words = changeWords[language];
  const items = pieces.filter(({ kind, quantity }) => kind === "item" && quantity > 0);
  return join(
    [
      items.length > 0 && words.added(nameItems(items, language), countOf(items)),
      ...priceChanges(pieces, language),
      pieces.some(({ kind }) => kind === "shipping") && words.shippingAdded,
    ],
    words.changed,
  );
}

const priceChanges = (pieces: Piece[], language: Language) =>
  pieces
    .filter(({ kind, quantity }) => kind === "item" && quantity === 0)
    .map(({ title }) => changeWords[language].priceChanged(title));

const nameItems = (items: Piece[], language: Language) =>
  items.map(({ quantity, title }) => `${formatQuantity(language, quantity)} × ${title}`).join(", ");

const countOf = (items: Piece[]) => items.reduce((sum, { quantity }) => sum + quantity, 0);

const join = (parts: (string | false)[], otherwise: string) =>
  parts.filter((part) => part !== false).join("; ") || otherwise;
