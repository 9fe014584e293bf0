import { expect, test } from "vitest";
import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import { parseQuery } from "../../app/search/parse-query.ts";
import type { FieldMatch, Term } from "../../app/search/query.ts";
import { todayIn } from "../../app/search/today-in.ts";

const parse = (text: string) => parseQuery(text, orderVocabulary, { today: "2026-11-25" });

/** The terms without their places. */
const conditions = (text: string) => {
  const { query, errors } = parse(text);
  expect(errors).toEqual([]);
  return query.terms.map(({ start, end, ...condition }) => condition);
};

const field = (name: string, match: FieldMatch, negated = false) => ({
  negated,
  kind: "field" as const,
  field: name,
  match,
});
const number = (from: string | null, to: string | null, fromOpen = false, toOpen = false): FieldMatch => ({
  type: "number",
  from,
  to,
  fromOpen,
  toOpen,
});
const days = (from: string | null, to: string | null): FieldMatch => ({ type: "day", from, to });
const keywords = (...values: string[]): FieldMatch => ({ type: "keywords", values });

test("all kinds of terms stand side by side, each with its place", () => {
  const text = 'status:shipped  total:>=100 -tag:hold customer:anna "green tea" #1042 NOT berlin';
  const terms: Term[] = [
    { start: 0, end: 14, ...field("status", keywords("shipped")) },
    { start: 16, end: 27, ...field("total", number("100", null)) },
    { start: 28, end: 37, ...field("tag", keywords("hold"), true) },
    { start: 38, end: 51, ...field("customer", { type: "words", value: "anna" }) },
    { start: 52, end: 63, negated: false, kind: "phrase", value: "green tea" },
    { start: 64, end: 69, negated: false, kind: "name", value: "1042" },
    { start: 70, end: 80, negated: true, kind: "word", value: "berlin" },
  ];
  expect(parse(text)).toEqual({ query: { terms }, errors: [] });
});

test.each<[string, unknown[]]>([
  ["", []],
  [" \t\n\u00a0 ", []],
  ["anna", [{ negated: false, kind: "word", value: "anna" }]],
  ["-anna", [{ negated: true, kind: "word", value: "anna" }]],
  ["NOT -anna", [{ negated: false, kind: "word", value: "anna" }]],
  ["NOT & anna", [{ negated: true, kind: "word", value: "anna" }]],
  ["NOT NOT anna", [{ negated: false, kind: "word", value: "anna" }]],
  [
    "anna AND lee",
    [
      { negated: false, kind: "word", value: "anna" },
      { negated: false, kind: "word", value: "lee" },
    ],
  ],
  [
    "Black & Decker - new",
    [
      { negated: false, kind: "word", value: "Black" },
      { negated: false, kind: "word", value: "Decker" },
      { negated: false, kind: "word", value: "new" },
    ],
  ],
  ['27"', [{ negated: false, kind: "word", value: '27"' }]],
  ['"say \\"hi\\" \\\\ \\now"', [{ negated: false, kind: "phrase", value: 'say "hi" \\ \\now' }]],
  ["“green tea”", [{ negated: false, kind: "phrase", value: "green tea" }]],
  ["#EN-1042:x", [{ negated: false, kind: "name", value: "EN-1042:x" }]],
  ["-#1042", [{ negated: true, kind: "name", value: "1042" }]],
  [
    "nul\0 \ud800x",
    [
      { negated: false, kind: "word", value: "nul\ufffd" },
      { negated: false, kind: "word", value: "\ufffdx" },
    ],
  ],
])("%j is text", (text, expected) => {
  expect(conditions(text)).toEqual(expected);
});

test.each<[string, string, FieldMatch]>([
  ["status:shipped,pending", "status", keywords("shipped", "pending")],
  ["STATUS:Shipped,shipped", "status", keywords("shipped")],
  ['payment:"Partially paid"', "payment", keywords("partially_paid")],
  ['tag:VIP,"Gift, wrapped"', "tag", keywords("vip", "gift, wrapped")],
  ["tag:>100", "tag", keywords(">100")],
  ['customer:"Anna Lee"', "customer", { type: "words", value: "Anna Lee" }],
  ["email:anna@example.com", "email", { type: "words", value: "anna@example.com" }],
  ["is:active_shipment", "active_shipment", { type: "flag" }],
  ["has:Tracking", "tracking", { type: "flag" }],
])("%s asks %s", (text, name, match) => {
  expect(conditions(text)).toEqual([field(name, match)]);
});

test.each<[string, FieldMatch]>([
  ["100", number("100", "100")],
  ["=100", number("100", "100")],
  [">=100", number("100", null)],
  [">100", number("100", null, true)],
  ["<100", number(null, "100", false, true)],
  ["<=100", number(null, "100")],
  ["100..200", number("100", "200")],
  ["100..", number("100", null)],
  ["..200", number(null, "200")],
  [">100..<200", number("100", "200", true, true)],
  ["-5.50..007.00", number("-5.5", "7")],
  ["-0.0", number("0", "0")],
  ["999999999999998.9999..999999999999999", number("999999999999998.9999", "999999999999999")],
])("total:%s is a range of amounts", (value, match) => {
  expect(conditions(`total:${value}`)).toEqual([field("total", match)]);
});

test.each<[string, FieldMatch]>([
  ["2026-11-01", days("2026-11-01", "2026-11-01")],
  ["2026-11", days("2026-11-01", "2026-11-30")],
  ["2024-02", days("2024-02-01", "2024-02-29")],
  ["2026", days("2026-01-01", "2026-12-31")],
  ["today", days("2026-11-25", "2026-11-25")],
  ["Yesterday", days("2026-11-24", "2026-11-24")],
  ["-7d", days("2026-11-18", "2026-11-18")],
  ["-7d..", days("2026-11-18", null)],
  ["-7d..-1d", days("2026-11-18", "2026-11-24")],
  ["2026-11-01..2026-11-20", days("2026-11-01", "2026-11-20")],
  ["2026-10..2026-11", days("2026-10-01", "2026-11-30")],
  ["2025..", days("2025-01-01", null)],
  ["..2026-02", days(null, "2026-02-28")],
  [">=2026-11", days("2026-11-01", null)],
  [">2026-11", days("2026-12-01", null)],
  ["<2026-11", days(null, "2026-10-31")],
  ["<=2026-11", days(null, "2026-11-30")],
  ["<today", days(null, "2026-11-24")],
  [">2026-12", days("2027-01-01", null)],
])("created:%s is a range of days", (value, match) => {
  expect(conditions(`created:${value}`)).toEqual([field("created", match)]);
});

/** The sentences with the text that each underlines. */
const complaints = (text: string) =>
  parse(text).errors.map(({ start, end, message }) => [text.slice(start, end), message]);

test.each([
  ["statsu:shipped", "statsu:", "There is no “statsu:”. Did you mean “status:”?"],
  ["created_at:2026", "created_at:", "There is no “created_at:”. Did you mean “created:”?"],
  ["10:30", "10:", 'There is no “10:” to search by. To search for it as text, quote it: "10:30".'],
  ["http://x", "http:", 'There is no “http:” to search by. To search for it as text, quote it: "http://x".'],
  ["-status:lost", "lost", "Status cannot be “lost”. It can be pending, confirmed, shipped or cancelled."],
  [
    "status:shipped,lost",
    "lost",
    "Status cannot be “lost”. It can be pending, confirmed, shipped or cancelled.",
  ],
  [
    "status:",
    "status:",
    "A value is missing. Write it without a space before it, such as status:shipped,pending.",
  ],
  ["tag:a,", "tag:a,", 'A value is missing. Write it without a space before it, such as tag:"gift wrap".'],
  ['tag:""', 'tag:""', 'A value is missing. Write it without a space before it, such as tag:"gift wrap".'],
  ['"green tea', '"green tea', 'This quote is not closed. Add a " at its end.'],
  ['tag:"green tea', '"green tea', 'This quote is not closed. Add a " at its end.'],
  ['"ab"', '"ab"', "A quoted text has at least 3 characters. Search for “ab” without the quotes."],
  ["total:cheap", "cheap", "“cheap” is not a number. Write for example total:>=100."],
  ["total:>=", ">=", "“>=” names no number. Write for example total:>=100."],
  [
    "total:12,50",
    "12,50",
    "Total takes one number or range, with a point before decimals. Write for example total:>=100.",
  ],
  ["total:200..100", "200..100", "The range starts at 200, above its end 100. Write total:100..200."],
  ["total:>5..5", ">5..5", "No number lies between 5 and itself. Write total:5."],
  [
    "total:1234567890123456",
    "1234567890123456",
    "“1234567890123456” has too many digits: up to 15 before the point and 4 after it can be searched for.",
  ],
  ["items:1.5", "1.5", "Items is a whole number. Write for example items:2..5."],
  [
    "created:2026-02-30",
    "2026-02-30",
    "“2026-02-30” is not a day between 1900 and 2999. Write 2026-11-01, 2026-11, 2026, today, yesterday or -7d.",
  ],
  [
    "created:0000-12",
    "0000-12",
    "“0000-12” is not a day between 1900 and 2999. Write 2026-11-01, 2026-11, 2026, today, yesterday or -7d.",
  ],
  [
    "created:9999-12",
    "9999-12",
    "“9999-12” is not a day between 1900 and 2999. Write 2026-11-01, 2026-11, 2026, today, yesterday or -7d.",
  ],
  ["created:..", "..", "“..” names no day. Write for example created:2026-11-01..2026-11-20."],
  [
    "created:today..yesterday",
    "today..yesterday",
    "The range starts on 2026-11-25, after its end 2026-11-24. Write the earlier day first.",
  ],
  ["created:>2999", ">2999", "No day lies there. Days go from 1900 to 2999."],
  [
    "customer:anna,bob",
    "anna,bob",
    'Customer takes one value, not a list. If the comma belongs to it, write customer:"anna,bob".',
  ],
  ["customer:?", "?", "“?” has no letter or digit to search for. Write for example customer:anna."],
  ["has:money", "money", "There is no “has:money”. After “has:” stands tracking, note or tag."],
  ["is:test,guest", "test,guest", "After “is:” stands one word. Write is:test is:guest for all of them."],
  ["NOT", "NOT", "NOT needs something after it that must not hold, such as NOT status:shipped."],
  ["🎁", "🎁", "“🎁” has no letter or digit, so no word begins with it. Quote it with the text beside it."],
])("%s gets a sentence at its place, and is left out", (text, underlined, message) => {
  expect(complaints(text)).toEqual([[underlined, message]]);
  expect(conditionsLeft(text)).toBe(0);
  expect(conditionsLeft(`anna ${text}`)).toBe(1);
});

const conditionsLeft = (text: string) => parse(text).query.terms.length;

test("OR is answered with the list that was meant", () => {
  const message = "OR cannot be used: all conditions must hold. For any of several values write";
  expect(complaints("tag:a OR tag:b,c")).toEqual([["OR", `${message} tag:a,b,c.`]]);
  expect(complaints("anna OR lee")).toEqual([["OR", `${message} status:shipped,pending.`]]);
});

test("a query that is too long is cut between two words and says so", () => {
  const text = `${"ab ".repeat(40)}${"x".repeat(860)} ${"yz".repeat(20)} tail`;
  const { query, errors } = parse(text);
  expect(query.terms).toHaveLength(41);
  expect(query.terms.at(-1)).toMatchObject({ value: "x".repeat(860) });
  expect(errors).toEqual([
    { start: 980, end: text.length, message: "A query has up to 1000 characters; the rest is left out." },
  ]);
  expect(parse("z".repeat(10_000)).query.terms).toMatchObject([{ start: 0, end: 1_000 }]);
});

test("a query has fifty conditions at most", () => {
  const { query, errors } = parse("ab ".repeat(60));
  expect(query.terms).toHaveLength(50);
  expect(errors).toEqual([
    { start: 150, end: 180, message: "A query has up to 50 conditions; the ones from here on are left out." },
  ]);
});

test("today is the day where the shop is", () => {
  const now = new Date("2026-11-25T03:30:00Z");
  expect(todayIn("Europe/Berlin", now)).toBe("2026-11-25");
  expect(todayIn("America/New_York", now)).toBe("2026-11-24");
  expect(todayIn("Pacific/Kiritimati", new Date("2026-12-31T12:00:00Z"))).toBe("2027-01-01");
});
