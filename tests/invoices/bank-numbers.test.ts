import { expect, test } from "vitest";
import { groupIban } from "../../app/documents/group-iban.ts";
import { findBicError, findIbanError } from "../../app/invoices/bank-numbers.ts";
import { findVatIdError } from "../../app/invoices/vat-id.ts";

// The examples of the IBAN registry (SWIFT).
const ibans = ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "fr14 2004 1010 0505 0001 3M02 606"];

test("an IBAN is right with and without spaces, in any case", () => {
  for (const iban of ibans) expect(findIbanError(iban)).toBeNull();
  expect(groupIban("DE89370400440532013000")).toBe("DE89 3704 0044 0532 0130 00");
});

test("a digit that slipped, or two that changed places, is found in an IBAN", () => {
  expect(findIbanError("DE89 3704 0044 0532 0130 01")).toContain("check digits");
  expect(findIbanError("DE89 3704 0044 0532 0103 00")).toContain("check digits");
  expect(findIbanError("0532013000")).toContain("begins with a country");
});

test("a BIC has eight or eleven places", () => {
  expect(findBicError("COBADEFF")).toBeNull();
  expect(findBicError("cobadeffxxx")).toBeNull();
  expect(findBicError("COBADE")).not.toBeNull();
});

// Numbers whose check digits fit, one or two for each rule.
const vatIds = [
  "DE136695976",
  "DE 811 569 869",
  "ATU33864707",
  "BE0417497106",
  "FR40303265045",
  "IT00743110157",
  "PL5260001246",
];

test.each(vatIds)("the VAT id %s is right", (id) => {
  expect(findVatIdError(id)).toBeNull();
});

test.each(vatIds)("a last digit that slipped is found in %s", (id) => {
  const slipped = id.slice(0, -1) + ((Number(id.at(-1)) + 1) % 10);
  expect(findVatIdError(slipped)).toContain("check digit");
});

test("a VAT id of the wrong length is refused, and one of a country we do not know is taken", () => {
  expect(findVatIdError("DE12345678")).toContain("does not look like this");
  expect(findVatIdError("QQ1")).toBeNull();
});
