import type { FieldMatch, SearchField } from "./query.ts";
import { inQuotes } from "./query-sentences.ts";
import { type Bound, splitRange } from "./split-range.ts";

type NumberMatch = Extract<FieldMatch, { type: "number" }>;

/** More digits than any amount has, and few enough for every database type that stands for one. */
const maxWholeDigits = 15;
const maxDecimals = 4;

/** Reads the value of a number or an amount. @returns a sentence when it is none */
export function parseNumberMatch(text: string, field: SearchField): NumberMatch | string {
  const range = splitRange(text);
  if (!range) return `${inQuotes(text)} names no number. Write for example ${field.example}.`;
  const from = range.lower && parseDecimal(range.lower, field);
  const to = range.upper && parseDecimal(range.upper, field);
  for (const end of [from, to]) if (end && "problem" in end) return end.problem;
  const match: NumberMatch = {
    type: "number",
    from: from && "value" in from ? from.value : null,
    to: to && "value" in to ? to.value : null,
    fromOpen: range.lower?.open ?? false,
    toOpen: range.upper?.open ?? false,
  };
  const order = match.from !== null && match.to !== null ? compareDecimals(match.from, match.to) : -1;
  if (order > 0) {
    return `The range starts at ${match.from}, above its end ${match.to}. Write ${field.name}:${match.to}..${match.from}.`;
  }
  if (order === 0 && (match.fromOpen || match.toOpen)) {
    return `No number lies between ${match.from} and itself. Write ${field.name}:${match.from}.`;
  }
  return match;
}

function parseDecimal({ text }: Bound, field: SearchField): { value: string } | { problem: string } {
  const found = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) {
    return { problem: `${inQuotes(text)} is not a number. Write for example ${field.example}.` };
  }
  const [, sign, digits = "", decimals = ""] = found;
  const whole = digits.replace(/^0+(?=\d)/, "");
  const fraction = decimals.replace(/0+$/, "");
  if (field.kind === "number" && fraction !== "") {
    return { problem: `${field.label} is a whole number. Write for example ${field.example}.` };
  }
  if (whole.length > maxWholeDigits || fraction.length > maxDecimals) {
    return {
      problem: `${inQuotes(text)} has too many digits: up to ${maxWholeDigits} before the point and ${maxDecimals} after it can be searched for.`,
    };
  }
  const value = fraction === "" ? whole : `${whole}.${fraction}`;
  return { value: sign === "-" && value !== "0" ? `-${value}` : value };
}

/** Compares decimal texts exactly; a float would take neighbours for equal. */
function compareDecimals(a: string, b: string): number {
  const difference = scale(a) - scale(b);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

function scale(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(maxDecimals, "0"));
}
