import { expect, test } from "vitest";
import { customerVocabulary } from "../../app/customers/customer-vocabulary.ts";
import { documentVocabulary } from "../../app/invoices/document-vocabulary.ts";
import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import { describeTerm } from "../../app/search/describe-term.ts";
import { formatQuery, sameQuery, withoutTerm, withTerm } from "../../app/search/format-query.ts";
import { parseQuery } from "../../app/search/parse-query.ts";
import { searchHref } from "../../app/search/search-href.ts";

const parse = (text: string) => {
  const { query, errors } = parseQuery(text, orderVocabulary, { today: "2026-11-25" });
  expect(errors).toEqual([]);
  return query;
};

test.each([
  ["  STATUS:Shipped   AND  NOT tag:hold ", "status:shipped -tag:hold"],
  ['customer:"anna" tag:"a b",c', 'customer:anna tag:"a b",c'],
  ["“green \\“tea\\””", '"green “tea”"'],
  ['"say \\"hi\\""', '"say \\"hi\\""'],
  ["total:=100 total:100.. total:..0200.50 total:>1..<2", "total:100 total:>=100 total:<=200.5 total:>1..<2"],
  [
    "created:2026-11 created:>2026-11 created:today",
    "created:2026-11-01..2026-11-30 created:>=2026-12-01 created:2026-11-25",
  ],
  ["is:test has:TAG #1042", "is:test has:tag #1042"],
])("%s is written %s", (typed, written) => {
  expect(formatQuery(parse(typed), orderVocabulary)).toBe(written);
});

test.each([
  ["anna status:shipped lee", 1, "anna lee"],
  ["anna  NOT  status:shipped   lee", 1, "anna lee"],
  ["status:shipped", 0, ""],
  ['"green tea" -#1042', 1, '"green tea"'],
])("%s without its term %i is %s", (text, index, rest) => {
  const term = parse(text).terms[index];
  expect(term && withoutTerm(text, term)).toBe(rest);
});

test.each([
  ["", "is:test", "is:test"],
  ["anna ", "is:test", "anna is:test"],
  ["is:test anna", "is:test", "is:test anna"],
  ["NOT is:test", "is:test", "NOT is:test is:test"],
  ['"green tea', "is:test", 'is:test "green tea'],
  ['tag:"green tea', "is:test", 'is:test tag:"green tea'],
  ["anna NOT", "is:test", "is:test anna NOT"],
])("%j with %s is %j", (text, term, more) => {
  expect(withTerm(text, term)).toBe(more);
});

test.each([
  ["anna status:shipped,pending", "status:pending,shipped  ANNA", true],
  ['customer:"anna"', "customer:Anna", true],
  ["created:today", "created:2026-11-25", true],
  ["total:100.00", "total:>=100 total:<=100", false],
  ["anna anna", "anna", true],
  ["tag:hold", "-tag:hold", false],
  ["tag:hold", "tag:hold,vip", false],
  ["anna", '"anna"', false],
  ["total:>100", "total:>=100", false],
  ["has:tag", "tag:tag", false],
])("whether %s and %s ask for the same: %s", (a, b, same) => {
  expect(sameQuery(parse(a), parse(b))).toBe(same);
  expect(sameQuery(parse(b), parse(a))).toBe(same);
});

test.each([
  ["status:shipped", "Status is Shipped"],
  ["-status:shipped,pending", "Status is not Shipped or Pending"],
  ["payment:partially_paid", "Payment is Partially paid"],
  ["tag:vip", "Tagged vip"],
  ["-tag:hold", "Not tagged hold"],
  ["country:de", "Country is DE"],
  ["currency:eur", "Currency is EUR"],
  ["customer:anna", "Customer contains “anna”"],
  ["-note:doorbell", "Note does not contain “doorbell”"],
  ["total:100", "Total exactly 100"],
  ["total:>=100", "Total at least 100"],
  ["-total:>=100", "Total not at least 100"],
  ["total:>100", "Total above 100"],
  ["total:<100", "Total below 100"],
  ["total:<=100", "Total at most 100"],
  ["total:100..200", "Total from 100 to 200"],
  ["total:>100..200", "Total above 100 and at most 200"],
  ["created:today", "Created on 25 Nov 2026"],
  ["created:2026-11", "Created in November 2026"],
  ["created:2026", "Created in 2026"],
  ["created:2026-10..2026-11", "Created from 1 Oct 2026 to 30 Nov 2026"],
  ["created:-7d..", "Created since 18 Nov 2026"],
  ["-created:<2026-11", "Created not until 31 Oct 2026"],
  ["is:review", "Needs a look"],
  ["-is:review", "Not: needs a look"],
  ['"green tea"', "Text “green tea”"],
  ["-anna", "Without “anna”"],
  ["#1042", "Name #1042"],
  ["-#1042", "Not #1042"],
])("the chip of %s says %s", (text, words) => {
  expect(parse(text).terms.map((term) => describeTerm(term, orderVocabulary))).toEqual([words]);
});

test.each([
  ["orders", orderVocabulary],
  ["customers", customerVocabulary],
  ["documents", documentVocabulary],
])(
  "every example of what %s can be searched for is right, and no two flags share a word",
  (_, vocabulary) => {
    const examples = [
      ...vocabulary.fields.map(({ example }) => example),
      ...vocabulary.flags.map(({ prefix, value }) => `${prefix}:${value}`),
    ];
    for (const example of examples) {
      const { query, errors } = parseQuery(example, vocabulary, { today: "2026-11-25" });
      expect(errors).toEqual([]);
      expect(query.terms).toHaveLength(1);
    }
    const flags = vocabulary.flags.map(({ value }) => value);
    expect(new Set(flags).size).toBe(flags.length);
  },
);

test("the address of a search keeps the other parameters, and an empty search leaves none", () => {
  expect(searchHref("/app/orders", { sort: "total", q: "old" }, " anna & lee ")).toBe(
    "/app/orders?sort=total&q=anna+%26+lee",
  );
  expect(searchHref("/app/orders", { sort: "total" }, " ")).toBe("/app/orders?sort=total");
  expect(searchHref("/app/orders", {}, "")).toBe("/app/orders");
});
