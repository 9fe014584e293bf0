import { type Part, quotePhrase, quoteValue, type Token } from "./lex-query.ts";
import { nearestWord } from "./nearest-word.ts";
import { parseDayMatch } from "./parse-days.ts";
import { parseNumberMatch } from "./parse-number.ts";
import type { Condition, FieldMatch, Place, QueryError, SearchField, SearchVocabulary } from "./query.ts";
import { inQuotes, joinWithOr } from "./query-sentences.ts";

type FieldToken = Extract<Token, { kind: "field" }>;

/** Reads `key:value`, for a key that may be unknown and a value that may be anything. */
export function readFieldTerm(
  token: FieldToken,
  vocabulary: SearchVocabulary,
  today: string,
): Condition | QueryError {
  const { end, bodyStart, valueStart, parts } = token;
  const key = token.key.toLowerCase();
  const flags = vocabulary.flags.filter((flag) => flag.prefix === key);
  const field = vocabulary.fields.find(({ name }) => name === key);
  const whole = { start: bodyStart, end };
  if (!field && flags.length === 0) {
    return { start: bodyStart, end: valueStart, message: explainUnknownKey(token, vocabulary) };
  }
  const open = parts.find((part) => !part.closed);
  if (open) return { ...placeOf(open), message: 'This quote is not closed. Add a " at its end.' };
  const example = field?.example ?? `${key}:${flags[0]?.value}`;
  if (parts.some((part) => part.value.trim() === "")) {
    return {
      ...whole,
      message: `A value is missing. Write it without a space before it, such as ${example}.`,
    };
  }
  const read = field
    ? readMatch(parts, field, today)
    : readFlag(
        key,
        parts,
        flags.map((flag) => flag.value),
      );
  return "message" in read ? read : { kind: "field", ...read };
}

type Read = { field: string; match: FieldMatch } | QueryError;

function readMatch(parts: Part[], field: SearchField, today: string): Read {
  if (field.kind === "keyword") return readKeywords(parts, field);
  const place = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
  if (parts.length > 1) return { ...place, message: explainList(parts, field) };
  const value = parts[0]?.value.trim() ?? "";
  if (field.kind === "words") {
    if (/[\p{L}\p{N}]/u.test(value)) return { field: field.name, match: { type: "words", value } };
    const message = `${inQuotes(value)} has no letter or digit to search for. Write for example ${field.example}.`;
    return { ...place, message };
  }
  const match = field.kind === "day" ? parseDayMatch(value, field, today) : parseNumberMatch(value, field);
  return typeof match === "string" ? { ...place, message: match } : { field: field.name, match };
}

/** A closed list knows its values; an open one takes what is typed. */
function readKeywords(parts: Part[], field: SearchField): Read {
  const values = new Set<string>();
  const known = field.values?.map(({ value }) => value);
  for (const part of parts) {
    const typed = part.value.trim().toLowerCase();
    const value = known ? known.find((one) => one === typed || one === typed.replace(/[\s-]+/g, "_")) : typed;
    if (value === undefined) {
      const message = `${field.label} cannot be ${inQuotes(part.value)}. It can be ${joinWithOr(known ?? [])}.`;
      return { ...placeOf(part), message };
    }
    values.add(value);
  }
  return { field: field.name, match: { type: "keywords", values: [...values] } };
}

function readFlag(prefix: string, parts: Part[], known: string[]): Read {
  const place = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
  const typed = parts[0]?.value.trim().toLowerCase() ?? "";
  if (parts.length > 1) {
    const separate = parts.map((part) => `${prefix}:${quoteValue(part.value)}`).join(" ");
    return { ...place, message: `After “${prefix}:” stands one word. Write ${separate} for all of them.` };
  }
  if (known.includes(typed)) return { field: typed, match: { type: "flag" } };
  const message = `There is no ${inQuotes(`${prefix}:${typed}`)}. After “${prefix}:” stands ${joinWithOr(known)}.`;
  return { ...place, message };
}

function explainList(parts: Part[], field: SearchField): string {
  if (field.kind === "words") {
    const quoted = quotePhrase(parts.map((part) => part.value).join(","));
    return `${field.label} takes one value, not a list. If the comma belongs to it, write ${field.name}:${quoted}.`;
  }
  const what =
    field.kind === "day" ? "one day or range" : "one number or range, with a point before decimals";
  return `${field.label} takes ${what}. Write for example ${field.example}.`;
}

/** Something like 10:30 or http://x was not meant as a key; it is told how to be text. */
function explainUnknownKey({ key, parts }: FieldToken, { fields, flags }: SearchVocabulary): string {
  const known = [...fields.map(({ name }) => name), ...new Set(flags.map(({ prefix }) => prefix))];
  const near = nearestWord(key, known);
  const typed = inQuotes(`${key}:`);
  if (near) return `There is no ${typed}. Did you mean “${near}:”?`;
  const text = `${key}:${parts.map((part) => part.value).join(",")}`;
  const quoted = text.length <= 40 ? `: ${quotePhrase(text)}` : "";
  return `There is no ${typed} to search by. To search for it as text, quote it${quoted}.`;
}

const placeOf = ({ start, end }: Place): Place => ({ start, end });
