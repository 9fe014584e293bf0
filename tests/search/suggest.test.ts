import { expect, test } from "vitest";
import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import { suggest } from "../../app/search/suggest.ts";

const tags = { tag: ["Hold", "VIP", "gift wrap"] };

/** `|` is the caret. What choosing each would make of the text. */
function choices(marked: string) {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { replaceFrom, replaceTo, items } = suggest(text, caret, orderVocabulary, tags);
  return items.map(({ insert }) => text.slice(0, replaceFrom) + insert + text.slice(replaceTo));
}

test.each([
  ["sta|", ["status:"]],
  ["-sta|", ["-status:"]],
  ["STA|", ["status:"]],
  ["anna cre|", ["anna created:"]],
  ["E-m|", ["email:"]],
  ["ite| anna", ["item: anna", "items: anna"]],
  ["sta|tus:shipped", ["status:shipped"]],
  ["ship|", ["status:shipped"]],
  ["cancel|", ["status:cancelled"]],
  ["needs|", ["is:review"]],
  ["status:|", ["status:pending", "status:confirmed", "status:shipped", "status:cancelled"]],
  ["status:sh|", ["status:shipped"]],
  ["status:sh|ipped", ["status:shipped"]],
  ["status:shipped,|", ["status:shipped,pending", "status:shipped,confirmed", "status:shipped,cancelled"]],
  ["status:|,shipped", ["status:pending,shipped", "status:confirmed,shipped", "status:cancelled,shipped"]],
  ["is:a|", ["is:active_shipment", "is:archived"]],
  ["-has:t| anna", ["-has:tracking anna", "-has:tag anna"]],
  ["tag:|", ["tag:Hold", "tag:VIP", 'tag:"gift wrap"']],
  ["tag:v|", ["tag:VIP"]],
  ['tag:"gift w|', ['tag:"gift wrap"']],
  ["total:|", ["total:>=", "total:<=", "total:>", "total:<", "total:100.."]],
  ["total:>|", ["total:>="]],
  ["total:5|", []],
  ["created:-|", ["created:-7d..", "created:-30d.."]],
  ["created:t|", ["created:today"]],
  ["created:today|", []],
  ["constructor:|", []],
  ["country:|", []],
  ['"green|', []],
  ["#10|", []],
  ["xyz|", []],
])("at %s the choices are %j", (marked, expected) => {
  expect(choices(marked)).toEqual(expected);
});

test("where nothing is typed all keys are offered, and choosing one replaces nothing", () => {
  const keys = [...orderVocabulary.fields.map(({ name }) => `${name}:`), "is:", "has:"];
  expect(choices("|")).toEqual(keys);
  expect(choices("anna |")).toEqual(keys.map((key) => `anna ${key}`));
  expect(choices("|anna")).toEqual(keys.map((key) => `${key}anna`));
});

test("a choice says in words what it is and whether it is complete", () => {
  expect(suggest("status:sh", 9, orderVocabulary)).toEqual({
    replaceFrom: 7,
    replaceTo: 9,
    items: [{ insert: "shipped", label: "shipped", hint: "Shipped", complete: true }],
  });
  expect(suggest("sku", 3, orderVocabulary).items).toEqual([
    { insert: "sku:", label: "sku:", hint: "A product's stock keeping unit.", complete: false },
  ]);
  expect(suggest("conf", 4, orderVocabulary).items).toEqual([
    { insert: "status:confirmed", label: "status:confirmed", hint: "Status is Confirmed", complete: true },
  ]);
});
