import { lexQuery, type Token } from "./lex-query.ts";
import { readFieldTerm } from "./parse-field.ts";
import type { Condition, ParsedQuery, Place, QueryError, SearchVocabulary, Term } from "./query.ts";
import { inQuotes } from "./query-sentences.ts";

/** Characters of a query that are read. A link can carry more than anybody types. */
const maxLength = 1_000;
const maxTerms = 50;

/** Shorter phrases stand in almost every record, and no index helps to find them. */
const minPhraseLength = 3;

/**
 * Reads a query. Anything is an answer: what makes no sense becomes a sentence with its place, and the rest counts.
 *
 * @param today the day yyyy-mm-dd in the shop's time zone, which `today` and `-7d` start from
 */
export function parseQuery(
  text: string,
  vocabulary: SearchVocabulary,
  { today }: { today: string },
): ParsedQuery {
  const errors: QueryError[] = [];
  const terms: Term[] = [];
  const readable = text.slice(0, readableLength(text));
  // Neither can reach the database, and both are one unit long like what replaces them.
  const tokens = lexQuery(readable.toWellFormed().replaceAll("\0", "\uFFFD"));
  let negation: Place | null = null;
  for (const [index, token] of tokens.entries()) {
    const word = token.kind === "text" && !token.dashed ? token.value : "";
    if (word === "AND") continue;
    if (word === "OR") {
      errors.push(explainOr(token, tokens[index - 1], tokens[index + 1]));
      negation = null;
      continue;
    }
    if (word === "NOT") {
      negation = negation ? null : token;
      continue;
    }
    if (terms.length === maxTerms) {
      const message = `A query has up to ${maxTerms} conditions; the ones from here on are left out.`;
      errors.push({ start: token.start, end: readable.length, message });
      negation = null;
      break;
    }
    const read = readCondition(token, vocabulary, today);
    if (!read) continue;
    if ("message" in read) errors.push(read);
    else {
      const start = negation?.start ?? token.start;
      terms.push({ start, end: token.end, negated: token.dashed !== (negation !== null), ...read });
    }
    negation = null;
  }
  if (negation) {
    const message = "NOT needs something after it that must not hold, such as NOT status:shipped.";
    errors.push({ start: negation.start, end: negation.end, message });
  }
  if (readable.length < text.length) {
    const message = `A query has up to ${maxLength} characters; the rest is left out.`;
    errors.push({ start: readable.length, end: text.length, message });
  }
  return { query: { terms }, errors };
}

/** Where to cut a text that is too long: between two words, because half a word means something else. */
function readableLength(text: string): number {
  if (text.length <= maxLength) return text.length;
  for (let at = maxLength; at > 0; at -= 1) if (/\s/.test(text.charAt(at))) return at;
  return maxLength;
}

/** @returns null for what can be passed over, such as the & of "Black & Decker" */
function readCondition(
  token: Token,
  vocabulary: SearchVocabulary,
  today: string,
): Condition | QueryError | null {
  const { start, end, bodyStart } = token;
  if (token.kind === "field") return readFieldTerm(token, vocabulary, today);
  if (token.kind === "phrase") {
    const { value, closed } = token.part;
    if (!closed) return { start, end, message: 'This quote is not closed. Add a " at its end.' };
    if ([...value.trim()].length >= minPhraseLength) return { kind: "phrase", value };
    return {
      start,
      end,
      message: `A quoted text has at least ${minPhraseLength} characters. Search for ${inQuotes(value)} without the quotes.`,
    };
  }
  if (/^#./.test(token.value)) return { kind: "name", value: token.value.slice(1) };
  if (/[\p{L}\p{N}]/u.test(token.value)) return { kind: "word", value: token.value };
  if (/^[\p{P}\p{Sm}\p{Sc}\p{Sk}]+$/u.test(token.value)) return null;
  const message = `${inQuotes(token.value)} has no letter or digit, so no word begins with it. Quote it with the text beside it.`;
  return { start: bodyStart, end, message };
}

/** Shows the list that does what OR was meant to do, with the merchant's own values where they fit. */
function explainOr(or: Place, before: Token | undefined, after: Token | undefined): QueryError {
  const values = (token: Token | undefined) =>
    token?.kind === "field" && token.parts.every((part) => /^[^\s,"]+$/.test(part.value))
      ? token.parts.map((part) => part.value).join(",")
      : null;
  const [left, right] = [values(before), values(after)];
  const sameKey = before?.kind === "field" && after?.kind === "field" && before.key === after.key;
  const list = sameKey && left && right ? `${before.key}:${left},${right}` : "status:shipped,pending";
  const message = `OR cannot be used: all conditions must hold. For any of several values write ${list}.`;
  return { start: or.start, end: or.end, message };
}
