/** One end of a range as it was typed. `open` leaves the end itself out. */
export interface Bound {
  text: string;
  open: boolean;
}

export interface Range {
  lower: Bound | null;
  upper: Bound | null;
}

/**
 * Splits what can follow the colon of a number or a day: `100`, `>=100`, `<200`, `100..200`, `100..`, `..200`, and
 * `>100..<200` for a range that leaves its ends out.
 *
 * @returns null when neither end is given
 */
export function splitRange(text: string): Range | null {
  const dots = text.indexOf("..");
  if (dots >= 0) {
    const lower = readBound(text.slice(0, dots), /^>(=?)/);
    const upper = readBound(text.slice(dots + 2), /^<(=?)/);
    return lower || upper ? { lower, upper } : null;
  }
  if (text.startsWith(">")) return bothOrNone({ lower: readBound(text, /^>(=?)/), upper: null });
  if (text.startsWith("<")) return bothOrNone({ lower: null, upper: readBound(text, /^<(=?)/) });
  const exactly = readBound(text, /^(=?)/);
  return exactly && { lower: { ...exactly, open: false }, upper: { ...exactly, open: false } };
}

const bothOrNone = (range: Range) => (range.lower || range.upper ? range : null);

function readBound(text: string, operator: RegExp): Bound | null {
  const found = operator.exec(text);
  const rest = text.slice(found?.[0].length ?? 0).trim();
  return rest === "" ? null : { text: rest, open: found !== null && found[1] === "" };
}
