import { expect, test } from "vitest";
import { namesPerson } from "../../app/customers/names-person.ts";

test.each([
  ['customer:"eve adams"', "Eve Adams"],
  ["customer:EVE@example.com", "eve@example.com"],
  ["+49 (170) 123", "+49 170 123"],
  ["customer:muller", "Müller"],
  ["顧客:王", "王"],
])("%s names %s", (text, name) => {
  expect(namesPerson(text, [null, name])).toBe(true);
});

test.each([
  ["fleece", "Lee"],
  ["status:shipped", "…"],
  ["eve", "Eve Adams"],
  ["", "Eve"],
])("“%s” does not name %s", (text, name) => {
  expect(namesPerson(text, [null, name])).toBe(false);
});
