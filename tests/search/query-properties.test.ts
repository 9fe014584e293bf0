import fc from "fast-check";
import { expect, test } from "vitest";
import { customerVocabulary } from "../../app/customers/customer-vocabulary.ts";
import { documentVocabulary } from "../../app/invoices/document-vocabulary.ts";
import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import { describeTerm } from "../../app/search/describe-term.ts";
import { formatQuery, sameQuery, withoutTerm, withTerm } from "../../app/search/format-query.ts";
import { parseQuery } from "../../app/search/parse-query.ts";
import type { Query } from "../../app/search/query.ts";
import { suggest } from "../../app/search/suggest.ts";

const today = { today: "2026-11-25" };
const parse = (text: string) => parseQuery(text, orderVocabulary, today);
const withoutPlaces = (query: Query) => query.terms.map(({ start, end, ...condition }) => condition);

const { fields, flags } = orderVocabulary;
const keys = [...fields.map(({ name }) => name), "is", "has", "nonsense", "http"];

/** Pieces that mean something to the grammar, so that most of what is thrown at it gets past its first line. */
const piece = fc.oneof(
  fc.constantFrom(...keys.map((key) => `${key}:`)),
  fc.constantFrom(...'-,:#"\\“”„<>=. \u00a0'.split("")),
  fc.constantFrom(
    "..",
    ">=",
    "<=",
    "NOT ",
    "AND ",
    "OR ",
    "shipped",
    "test",
    "today",
    "-7d",
    "2026-11",
    "100",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom("\ud800", "\udc00", "\0", "İ", "ΑΣ", "Ångström"),
);
const garbage = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

const text = fc.oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), garbage);
const quoted = text.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`);
const amount = fc.tuple(fc.integer({ min: -999, max: 999_999 }), fc.constantFrom("", ".5", ".25", ".0"));
const day = fc.constantFrom("2026-11-01", "2026-11", "2025", "today", "yesterday", "-7d", "-30d");
const range = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    value,
    fc.tuple(fc.constantFrom(">", ">=", "<", "<="), value).map((parts) => parts.join("")),
    fc.tuple(fc.constantFrom("", ">"), value, value).map(([open, a, b]) => `${open}${a}..${b}`),
    value.map((one) => `${one}..`),
    value.map((one) => `..${one}`),
  );

/** A term that is most likely right. */
const goodTerm = fc
  .tuple(
    fc.constantFrom("", "-", "NOT "),
    fc.oneof(
      ...fields.map((field) => {
        const values =
          field.kind === "day"
            ? range(day)
            : field.kind === "money"
              ? range(amount.map((parts) => parts.join("")))
              : field.kind === "number"
                ? range(fc.integer({ min: 0, max: 9 }).map(String))
                : field.values
                  ? fc
                      .array(fc.constantFrom(...field.values.map(({ value }) => value)), { minLength: 1 })
                      .map(String)
                  : fc.oneof(quoted, fc.constantFrom("anna", "a-b", "x,y"));
        return values.map((value) => `${field.name}:${value}`);
      }),
      fc.constantFrom(...flags.map(({ prefix, value }) => `${prefix}:${value}`)),
      quoted,
      fc.constantFrom("anna", "#1042", "Ångström", '27"', "--x", "“green tea”"),
    ),
  )
  .map((parts) => parts.join(""));
const query = fc.oneof(
  { weight: 3, arbitrary: fc.array(goodTerm, { maxLength: 8 }).map((terms) => terms.join(" ")) },
  { weight: 1, arbitrary: garbage },
);

test("what is written canonically reads back as the same query, and is canonical", () => {
  fc.assert(
    fc.property(query, (typed) => {
      const parsed = parse(typed).query;
      const written = formatQuery(parsed, orderVocabulary);
      // Quotes and escapes can make a text that just fitted too long.
      fc.pre(written.length <= 1_000);
      const again = parse(written);
      expect(again.errors).toEqual([]);
      expect(withoutPlaces(again.query)).toEqual(withoutPlaces(parsed));
      expect(formatQuery(again.query, orderVocabulary)).toBe(written);
      expect(sameQuery(parsed, again.query)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test("most of the texts that should be right are, so that the property above says something", () => {
  const samples = fc.sample(goodTerm, 500);
  expect(samples.filter((term) => parse(term).query.terms.length === 1).length).toBeGreaterThan(250);
});

test("no text whatever throws, and every place lies inside it", () => {
  const anything = fc.oneof(
    garbage,
    fc.string({ unit: "binary", maxLength: 200 }),
    // Lone halves of surrogate pairs too.
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom(orderVocabulary, customerVocabulary, documentVocabulary),
      fc.nat(60),
      (typed, words, at) => {
        const { query, errors } = parseQuery(typed, words, today);
        for (const { start, end } of [...query.terms, ...errors]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(typed.length);
        }
        for (const { message } of errors) expect(message).toMatch(/^.+[.?]$/su);
        for (const term of query.terms) expect(describeTerm(term, words)).not.toBe("");
        expect(JSON.stringify(query)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        const caret = Math.min(at, typed.length);
        const { replaceFrom, replaceTo } = suggest(typed, caret, words);
        expect(replaceFrom).toBeLessThanOrEqual(caret);
        expect(replaceTo).toBeGreaterThanOrEqual(caret);
        expect(replaceTo).toBeLessThanOrEqual(typed.length);
      },
    ),
    { numRuns: 3_000 },
  );
});

test("removing a term leaves the others, adding it again gives the same query", () => {
  fc.assert(
    fc.property(fc.array(goodTerm, { minLength: 1, maxLength: 6 }), fc.nat(5), (terms, choice) => {
      const typed = terms.join("  ");
      const { query, errors } = parse(typed);
      fc.pre(errors.length === 0 && query.terms.length > 0);
      const index = choice % query.terms.length;
      const term = query.terms[index];
      if (!term) return;
      const rest = withoutTerm(typed, term);
      const expected = withoutPlaces({ terms: query.terms.filter((_, at) => at !== index) });
      expect(withoutPlaces(parse(rest).query)).toEqual(expected);
      expect(sameQuery(parse(withTerm(rest, typed.slice(term.start, term.end))).query, query)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
