import { lexQuery, type Part, quoteValue, type Token } from "./lex-query.ts";
import type { SearchField, SearchVocabulary } from "./query.ts";

export interface Suggestion {
  /** What stands in the text instead of what was typed. */
  insert: string;
  label: string;
  hint: string;
  /** Nothing more has to be typed: choosing it can search at once. */
  complete: boolean;
}

export interface Suggestions {
  replaceFrom: number;
  replaceTo: number;
  items: Suggestion[];
}

const maxItems = 10;

/** Nobody completes a query as long as this, and reading it at every key would be felt. */
const maxLength = 1_000;

/**
 * What may be meant at the caret: keys first, then the values of the key.
 *
 * @param dynamicValues values that only the shop knows, such as its tags, by field
 */
export function suggest(
  text: string,
  caret: number,
  vocabulary: SearchVocabulary,
  dynamicValues: Record<string, readonly string[]> = {},
): Suggestions {
  const none = { replaceFrom: caret, replaceTo: caret, items: [] };
  if (text.length > maxLength) return none;
  const token = lexQuery(text).find(({ start, end }) => start <= caret && caret <= end);
  if (!token) return { ...none, items: suggestKeys("", vocabulary) };
  if (token.kind === "field" && caret >= token.valueStart) {
    const part = token.parts.find(({ start, end }) => start <= caret && caret <= end);
    if (!part) return none;
    const items = suggestValues(token, part, text.slice(part.start, caret), vocabulary, dynamicValues);
    return { replaceFrom: part.start, replaceTo: part.end, items };
  }
  // Quoted text and names are whatever they are.
  if (token.kind === "phrase" || text[token.bodyStart] === "#" || caret < token.bodyStart) return none;
  const typed = text.slice(token.bodyStart, caret).toLowerCase();
  // Before a word nothing of it is typed yet, so nothing of it is replaced.
  if (typed === "") return { ...none, items: suggestKeys("", vocabulary) };
  const replaceTo = token.kind === "field" ? token.valueStart : token.end;
  const items = suggestKeys(typed, vocabulary);
  if (token.kind === "text" && typed.length >= 2) items.push(...suggestConditions(typed, vocabulary));
  return { replaceFrom: token.bodyStart, replaceTo, items: items.slice(0, maxItems) };
}

/** All of them when nothing is typed yet: that is how somebody finds out what there is. */
function suggestKeys(typed: string, { fields, flags }: SearchVocabulary): Suggestion[] {
  const prefixes = [...new Set(flags.map(({ prefix }) => prefix))].map((prefix) => {
    const labels = flags.filter((flag) => flag.prefix === prefix).map(({ label }) => label);
    return { name: prefix, label: prefix, description: labels.join(", ") };
  });
  return [...fields, ...prefixes]
    .filter(({ name, label }) => name.startsWith(typed) || label.toLowerCase().startsWith(typed))
    .map(({ name, description }) => ({
      insert: `${name}:`,
      label: `${name}:`,
      hint: description,
      complete: false,
    }));
}

/** Whole conditions for somebody who types a value without its key: "ship" for status:shipped. */
function suggestConditions(typed: string, { fields, flags }: SearchVocabulary): Suggestion[] {
  const values = fields.flatMap(({ name, label, values = [] }) =>
    values.map((one) => ({
      key: name,
      value: one.value,
      label: one.label,
      hint: `${label} is ${one.label}`,
    })),
  );
  const marks = flags.map(({ prefix, value, label }) => ({ key: prefix, value, label, hint: label }));
  return [...values, ...marks]
    .filter(({ value, label }) => value.startsWith(typed) || label.toLowerCase().startsWith(typed))
    .map(({ key, value, hint }) => {
      const insert = `${key}:${quoteValue(value)}`;
      return { insert, label: insert, hint, complete: true };
    });
}

function suggestValues(
  { key, parts }: Extract<Token, { kind: "field" }>,
  current: Part,
  typedPart: string,
  { fields, flags }: SearchVocabulary,
  dynamicValues: Record<string, readonly string[]>,
): Suggestion[] {
  const name = key.toLowerCase();
  const field = fields.find((one) => one.name === name);
  if (field?.kind === "number" || field?.kind === "money") return hintRanges(typedPart, numberHints(field));
  if (field?.kind === "day") return hintRanges(typedPart, dayHints);
  const known: { value: string; label: string }[] = field
    ? (field.values ?? (dynamicValues[name] ?? []).map((value) => ({ value, label: "" })))
    : flags.filter(({ prefix }) => prefix === name);
  const typed = typedPart.replace(/^["“”„]/, "").toLowerCase();
  const others = new Set(parts.filter((part) => part !== current).map((part) => part.value.toLowerCase()));
  return known
    .filter(({ value }) => !others.has(value.toLowerCase()))
    .filter(
      ({ value, label }) => value.toLowerCase().startsWith(typed) || label.toLowerCase().startsWith(typed),
    )
    .slice(0, maxItems)
    .map(({ value, label }) => ({
      insert: quoteValue(value),
      label: quoteValue(value),
      hint: label,
      complete: true,
    }));
}

type Hint = Omit<Suggestion, "label">;

/** Examples of a range narrow down like values; once a number is begun nothing is left to suggest. */
function hintRanges(typed: string, hints: Hint[]): Suggestion[] {
  return hints
    .filter(({ insert }) => insert.startsWith(typed.toLowerCase()) && insert !== typed)
    .map((hint) => ({ ...hint, label: hint.insert }));
}

function numberHints({ name, example, kind }: SearchField): Hint[] {
  const such = kind === "money" ? "100" : "2";
  return [
    { insert: ">=", hint: `At least, such as ${name}:>=${such}`, complete: false },
    { insert: "<=", hint: `At most, such as ${name}:<=${such}`, complete: false },
    { insert: ">", hint: `More than, such as ${name}:>${such}`, complete: false },
    { insert: "<", hint: `Less than, such as ${name}:<${such}`, complete: false },
    { insert: `${such}..`, hint: `A range: type its end. For example ${example}`, complete: false },
  ];
}

const dayHints: Hint[] = [
  { insert: "today", hint: "Today", complete: true },
  { insert: "yesterday", hint: "Yesterday", complete: true },
  { insert: "-7d..", hint: "The last 7 days and today", complete: true },
  { insert: "-30d..", hint: "The last 30 days and today", complete: true },
  { insert: ">=", hint: "That day or later, such as >=2026-11-01", complete: false },
  { insert: "<", hint: "Before that day, such as <2026-11", complete: false },
];
