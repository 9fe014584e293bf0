import { formatMoney } from "../money.ts";
import type { Bill } from "./bill.ts";
import { comboOf, type Piece } from "./piece.ts";
import { type Ledger, leftOf } from "./read-ledger.ts";
import { taxOf, totalOf } from "./tax-pieces.ts";
import { sumOf } from "./two-amounts.ts";

/** Minor units at one set of rates that roundings of credits by hand can leave; more is no rounding. */
const roundings = 3n;

/** What is left to credit of each thing. */
export const leftPieces = ({ entries }: Ledger): Piece[] =>
  entries.map((entry) => ({ ...entry.piece, ...leftOf(entry) }));

/**
 * What is wrong with an order's documents taken together, where a person has credited ahead of Shopify: they may come
 * to less than the order then, but never to more, at no rate to less than nothing, and of an order that comes to
 * nothing no rate may have anything left.
 *
 * @returns a sentence for a person; null when nothing is
 */
export function findExcess(bill: Bill, ledger: Ledger): string | null {
  const left = leftPieces(ledger);
  const said = totalOf(left, bill.taxesIncluded).presentment;
  const now = BigInt(bill.current.total.presentment);
  const why = "something was credited by hand that Shopify has refunded otherwise.";
  if (said > now) {
    const [documents, order] = [said, now].map((minor) => formatMoney(minor, bill.currency));
    return `The documents would come to ${documents}, but the order comes to ${order}: ${why}`;
  }
  const ofRates = left.filter(({ kind }) => kind !== "rounding");
  const isWrong = [...Map.groupBy(ofRates, comboOf).values()].some((pieces) => {
    const gross = totalOf(pieces, bill.taxesIncluded).presentment;
    const tax = sumOf(pieces.map(taxOf)).presentment;
    const size = [gross, tax].map((minor) => (minor < 0n ? -minor : minor));
    return gross < -roundings || (now === 0n && size.some((minor) => minor > roundings));
  });
  return isWrong ? `The documents would be wrong at one of the tax rates: ${why}` : null;
}
