import { lexQuery, quotePhrase, quoteValue, type Token } from "./lex-query.ts";
import type { FieldMatch, Place, Query, SearchVocabulary, Term } from "./query.ts";

/** Writes a query in the one way in which everybody writes it; reading it gives the same query. */
export function formatQuery(query: Query, vocabulary: SearchVocabulary): string {
  return query.terms.map((term) => formatTerm(term, vocabulary)).join(" ");
}

export function formatTerm(term: Term, vocabulary: SearchVocabulary): string {
  return (term.negated ? "-" : "") + formatCondition(term, vocabulary);
}

function formatCondition(term: Term, { flags }: SearchVocabulary): string {
  if (term.kind === "word") return term.value;
  if (term.kind === "phrase") return quotePhrase(term.value);
  if (term.kind === "name") return `#${term.value}`;
  const { field, match } = term;
  if (match.type !== "flag") return `${field}:${formatMatch(match)}`;
  return `${flags.find((flag) => flag.value === field)?.prefix ?? "is"}:${field}`;
}

function formatMatch(match: Exclude<FieldMatch, { type: "flag" }>): string {
  switch (match.type) {
    case "keywords":
      return match.values.map(quoteValue).join(",");
    case "words":
      return quoteValue(match.value);
    case "number":
      return formatRange(match);
    case "day":
      return formatRange({ ...match, fromOpen: false, toOpen: false });
  }
}

function formatRange(range: Omit<Extract<FieldMatch, { type: "number" }>, "type">): string {
  const { from, to, fromOpen, toOpen } = range;
  if (from === to && from !== null) return from;
  if (to === null) return `${fromOpen ? ">" : ">="}${from}`;
  if (from === null) return `${toOpen ? "<" : "<="}${to}`;
  return `${fromOpen ? ">" : ""}${from}..${toOpen ? "<" : ""}${to}`;
}

/** The text without one of its terms, and without the gap it would leave. */
export function withoutTerm(text: string, { start, end }: Place): string {
  return `${text.slice(0, start).trimEnd()} ${text.slice(end).trimStart()}`.trim();
}

/** The text with one term more, unless it stands there already. */
export function withTerm(text: string, termText: string): string {
  const tokens = lexQuery(text);
  const isThere = tokens.some(
    ({ start, end }, index) => text.slice(start, end) === termText && !isNot(tokens[index - 1]),
  );
  if (isThere) return text.trim();
  const last = tokens.at(-1);
  const open =
    last?.kind === "phrase" ? !last.part.closed : last?.kind === "field" && !last.parts.at(-1)?.closed;
  // Behind an open quote it would be a part of the quoted text, behind NOT the opposite.
  const goesFirst = open || isNot(last);
  return (goesFirst ? `${termText} ${text.trim()}` : `${text.trim()} ${termText}`).trim();
}

const isNot = (token: Token | undefined) => token?.kind === "text" && !token.dashed && token.value === "NOT";

/** Whether two queries ask for the same: the order of terms, spaces, quotes and the case of texts aside. */
export function sameQuery(a: Query, b: Query): boolean {
  const [left, right] = [meanings(a), meanings(b)];
  return left.size === right.size && [...left].every((meaning) => right.has(meaning));
}

const meanings = (query: Query) => new Set(query.terms.map(meaningOf));

function meaningOf(term: Term): string {
  const { negated, kind } = term;
  if (kind === "name") return JSON.stringify([negated, kind, term.value]);
  if (kind !== "field") return JSON.stringify([negated, kind, term.value.toLowerCase()]);
  const { field, match } = term;
  if (match.type === "words") return JSON.stringify([negated, field, match.type, match.value.toLowerCase()]);
  if (match.type === "keywords")
    return JSON.stringify([negated, field, match.type, [...match.values].sort()]);
  if (match.type === "flag") return JSON.stringify([negated, field, match.type]);
  const { from, to } = match;
  const open = match.type === "number" ? [match.fromOpen, match.toOpen] : [];
  return JSON.stringify([negated, field, match.type, from, to, ...open]);
}
