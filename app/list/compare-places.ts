import type { Cursor, Direction, SortColumn } from "../search/search-table.ts";

export type ComparePlaces = (a: Cursor, b: Cursor) => number;

/** Compares places as the database sorts them, in the list's direction; the id decides between equal keys. */
export function comparePlaces(type: SortColumn["type"], direction: Direction): ComparePlaces {
  const compareKeys = keyOrders[type];
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => sign * (compareKeys(a.key, b.key) || compareText(a.id, b.id));
}

const keyOrders: Record<SortColumn["type"], (a: string, b: string) => number> = {
  timestamptz: compareInstants,
  // What has no day is "infinity", and letters come after digits.
  date: compareText,
  bigint: compareIntegers,
  integer: compareIntegers,
  text: compareText,
};

function compareIntegers(a: string, b: string): number {
  // Beyond 15 digits a Number would take two amounts for one.
  if (a.length <= 15 && b.length <= 15) return Number(a) - Number(b);
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** ISO 8601 with up to six decimals of a second; Date knows only three of them. What has never happened comes first. */
function compareInstants(a: string, b: string): number {
  const never = "-infinity";
  if (a === never || b === never) return Number(b === never) - Number(a === never);
  return Date.parse(a) - Date.parse(b) || fraction(a) - fraction(b);
}

const fraction = (instant: string) => Number(`0.${/\.(\d+)/.exec(instant)?.[1] ?? "0"}`);

/** By code point, as the collation "C" does over UTF-8. JavaScript's own `<` goes by UTF-16 unit. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left === right) continue;
    // Halves of surrogate pairs stand for code points above every other unit.
    const [leftHigh, rightHigh] = [isSurrogate(left), isSurrogate(right)];
    return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
