import { normaliseText } from "../orders/order.ts";

/** Pasted lines in one go. */
export const trackingLineLimit = 10_000;

/** A line that names an order and its tracking number. */
export interface TrackingLine {
  /** Counted from one, as an editor counts. */
  line: number;
  /** As it was pasted. */
  text: string;
  /** The order's name as {@link orderNameKey} writes it. */
  key: string;
  trackingCompany: string | null;
  trackingNumber: string;
}

export type TrackingVerdict = "empty" | "too_long" | "unknown" | "twice" | "ambiguous";

/** A line that cannot be used, and why. */
export interface TrackingProblem {
  line: number;
  text: string;
  verdict: TrackingVerdict;
}

export const trackingVerdicts: Record<TrackingVerdict, string> = {
  empty: "An order and a tracking number are needed.",
  too_long: "Tracking texts can have at most 255 characters.",
  unknown: "There is no such order.",
  twice: "The order is in another line with another tracking number.",
  ambiguous: "Several orders have this name.",
};

export interface ParsedTracking {
  lines: TrackingLine[];
  problems: TrackingProblem[];
  /** Lines that are not blank. */
  total: number;
}

/** What two spellings of an order's name have in common: `#1042` and `1042`, whatever the case. */
export const orderNameKey = (name: string): string => name.trim().replace(/^#+/, "").toLowerCase();

/**
 * Reads pasted `order,tracking` or `order,company,tracking` lines, separated by commas, semicolons or tabs, with or
 * without quotes and a header. Lines that repeat another exactly are left out.
 */
export function parseTrackingLines(text: string): ParsedTracking {
  const parsed: ParsedTracking = { lines: [], problems: [], total: 0 };
  const rows = text
    .replaceAll("\0", "\uFFFD")
    .split(/\r\n|\n|\r/)
    .map((row, index) => ({ line: index + 1, text: row.trim() }))
    .filter((row) => row.text !== "");
  for (const [index, row] of rows.entries()) {
    const cells = splitCells(row.text);
    if (index === 0 && isHeader(cells)) continue;
    parsed.total += 1;
    const [order = "", ...rest] = cells;
    const trackingNumber = rest.length > 1 ? rest[1] : rest[0];
    const trackingCompany = rest.length > 1 ? rest[0] || null : null;
    const shown = row.text.slice(0, 200).toWellFormed();
    if (!order || !trackingNumber) parsed.problems.push({ line: row.line, text: shown, verdict: "empty" });
    else if (Math.max(trackingNumber.length, trackingCompany?.length ?? 0) > 255)
      parsed.problems.push({ line: row.line, text: shown, verdict: "too_long" });
    else
      parsed.lines.push({
        line: row.line,
        text: shown,
        key: orderNameKey(order),
        trackingCompany,
        trackingNumber,
      });
  }
  return withoutRepeats(parsed);
}

/** One line's cells. The separator is the first of the three that stands outside quotes. */
function splitCells(row: string): string[] {
  const separator = /^(?:\s*"(?:[^"]|"")*"\s*|[^",;\t]*)([,;\t])/.exec(row)?.[1] ?? ",";
  const cell = new RegExp(
    `(?:^|${separator})(?:\\s*"((?:[^"]|"")*)"[^${separator}]*|([^${separator}]*))`,
    "g",
  );
  return [...row.matchAll(cell)].map(
    ([, quoted, plain]) => normaliseText(quoted?.replaceAll('""', '"') ?? plain ?? "") ?? "",
  );
}

/** A first line that has words where the others have an order and a number. */
const isHeader = ([order = "", ...rest]: string[]) =>
  /^(order|name|number)/i.test(order) && rest.length > 0 && !/\d/.test([order, ...rest].join(""));

/** Of lines for one order the first counts, if they all say the same; otherwise nobody knows which is meant. */
function withoutRepeats({ lines, problems, total }: ParsedTracking): ParsedTracking {
  const byOrder = Map.groupBy(lines, ({ key }) => key);
  const kept: TrackingLine[] = [];
  for (const [, [first, ...others]] of byOrder) {
    if (!first) continue;
    const same = others.every(
      (other) =>
        other.trackingNumber === first.trackingNumber && other.trackingCompany === first.trackingCompany,
    );
    if (same) kept.push(first);
    else
      for (const one of [first, ...others])
        problems.push({ line: one.line, text: one.text, verdict: "twice" });
  }
  return { lines: kept, problems: problems.sort((a, b) => a.line - b.line), total };
}
