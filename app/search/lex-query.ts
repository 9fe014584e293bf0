import type { Place } from "./query.ts";

/** One value of a list, as it stands in the text and as it reads without quotes. */
export interface Part extends Place {
  value: string;
  /** False when a quote opens it and none closes it. */
  closed: boolean;
}

/** What stands between two spaces, before anybody asks whether it makes sense. */
export type Token = Place & { dashed: boolean; bodyStart: number } & (
    | { kind: "text"; value: string }
    | { kind: "phrase"; part: Part }
    | { kind: "field"; key: string; valueStart: number; parts: Part[] }
  );

/** Phones turn straight quotes into curly ones by themselves. */
const isQuote = (char: string | undefined) => char !== undefined && char !== "" && '"“”„'.includes(char);

/** Cuts a query into its tokens. Every pattern looks ahead only, so the time is linear in the text. */
export function lexQuery(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skip(/\s*/y, text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skip(/\s*/y, text, token.end);
  }
  return tokens;
}

function readToken(text: string, start: number): Token {
  // However many: a word that kept one could not be written without being negated.
  const bodyStart = skip(/-+(?=[^\s-])/y, text, start);
  const dashed = bodyStart > start;
  const base = { start, dashed, bodyStart };
  if (isQuote(text[bodyStart])) {
    const part = readQuoted(text, bodyStart);
    return { ...base, end: part.end, kind: "phrase", part };
  }
  const valueStart = text[bodyStart] === "#" ? bodyStart : skip(/[^\s:]+:/y, text, bodyStart);
  if (valueStart > bodyStart) {
    const parts = readParts(text, valueStart);
    const end = parts.at(-1)?.end ?? valueStart;
    return { ...base, end, kind: "field", key: text.slice(bodyStart, valueStart - 1), valueStart, parts };
  }
  const end = skip(/\S+/y, text, bodyStart);
  return { ...base, end, kind: "text", value: text.slice(bodyStart, end) };
}

/** The values after a colon, separated by commas. There is always one, which may be empty. */
function readParts(text: string, start: number): Part[] {
  const parts: Part[] = [];
  let at = start;
  while (true) {
    const part = isQuote(text[at]) ? readQuoted(text, at) : readBare(text, at);
    parts.push(part);
    if (text[part.end] !== ",") return parts;
    at = part.end + 1;
  }
}

function readBare(text: string, start: number): Part {
  const end = skip(/[^\s,]*/y, text, start);
  return { start, end, value: text.slice(start, end), closed: true };
}

/** A backslash escapes a quote or a backslash; before anything else it is an ordinary character. */
function readQuoted(text: string, start: number): Part {
  const closes = text[start] === '"' ? '"' : "“”";
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (closes.includes(char)) return { start, end: at + 1, value, closed: true };
    const next = text.charAt(at + 1);
    if (char === "\\" && (next === "\\" || isQuote(next))) {
      value += next;
      at += 1;
    } else value += char;
  }
  return { start, end: text.length, value, closed: false };
}

/** Where a sticky pattern that starts at `at` ends; `at` itself when it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Writes a value so that it is read back as one: bare where possible. */
export function quoteValue(value: string): string {
  return /[\s,]/.test(value) || value === "" || isQuote(value[0]) ? quotePhrase(value) : value;
}

export function quotePhrase(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
