import { shiftDay } from "./parse-days.ts";
import type { FieldMatch, SearchField, SearchVocabulary, Term } from "./query.ts";
import { inQuotes, joinWithOr } from "./query-sentences.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);

const monthOf = (day: string) => months[Number(day.slice(5, 7)) - 1];

/** One condition in words: "Status is Shipped", "Total at least 100", "Not tagged hold", "Text “green tea”". */
export function describeTerm(term: Term, { fields, flags }: SearchVocabulary): string {
  const { negated } = term;
  if (term.kind === "name") return `${negated ? "Not" : "Name"} #${term.value}`;
  if (term.kind !== "field") return `${negated ? "Without" : "Text"} ${inQuotes(term.value)}`;
  const { match } = term;
  if (match.type === "flag") {
    const label = flags.find(({ value }) => value === term.field)?.label ?? term.field;
    return negated ? `Not: ${lowerFirst(label)}` : label;
  }
  const field = fields.find(({ name }) => name === term.field);
  return describeMatch(match, negated, field, field?.label ?? term.field);
}

function describeMatch(
  match: Exclude<FieldMatch, { type: "flag" }>,
  negated: boolean,
  field: SearchField | undefined,
  label: string,
): string {
  const not = negated ? "not " : "";
  switch (match.type) {
    case "keywords": {
      const known = new Map(field?.values?.map(({ value, label }) => [value, label]));
      // Codes such as DE and EUR are typed in lower case and written in upper.
      const isCode = field?.name === "country" || field?.name === "currency";
      const show = (value: string) => known.get(value) ?? (isCode ? value.toUpperCase() : value);
      const values = joinWithOr(match.values.map(show));
      if (field?.name === "tag") return negated ? `Not tagged ${values}` : `Tagged ${values}`;
      return `${label} is ${not}${values}`;
    }
    case "words":
      return `${label} ${negated ? "does not contain" : "contains"} ${inQuotes(match.value)}`;
    case "number":
      return `${label} ${not}${describeNumbers(match)}`;
    case "day":
      return `${label} ${not}${describeDays(match)}`;
  }
}

function describeNumbers(match: Extract<FieldMatch, { type: "number" }>): string {
  const { from, to, fromOpen, toOpen } = match;
  if (from !== null && from === to) return `exactly ${from}`;
  const lower = from === null ? "" : `${fromOpen ? "above" : "at least"} ${from}`;
  const upper = to === null ? "" : `${toOpen ? "below" : "at most"} ${to}`;
  if (!lower || !upper) return lower || upper;
  return fromOpen || toOpen ? `${lower} and ${upper}` : `from ${from} to ${to}`;
}

/** Whole months and years are named as such: nobody thinks of November as 30 days. */
function describeDays({ from, to }: Extract<FieldMatch, { type: "day" }>): string {
  if (from === null) return to === null ? "on any day" : `until ${formatDay(to)}`;
  if (to === null) return `since ${formatDay(from)}`;
  if (from === to) return `on ${formatDay(from)}`;
  if (from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31`) return `in ${from.slice(0, 4)}`;
  const isMonth =
    from.endsWith("-01") && from.slice(0, 7) === to.slice(0, 7) && shiftDay(to, 1).endsWith("-01");
  if (isMonth) return `in ${monthOf(from)} ${from.slice(0, 4)}`;
  return `from ${formatDay(from)} to ${formatDay(to)}`;
}

/** Words of our own and none of Intl's, which differ between the server and the browser. */
function formatDay(day: string): string {
  return `${Number(day.slice(8))} ${(monthOf(day) ?? "").slice(0, 3)} ${day.slice(0, 4)}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
