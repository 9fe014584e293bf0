import { expect, test } from "vitest";
import { invoiceSettingsSchema, type SettingsPart } from "../../app/invoices/settings.ts";
import { parseTypedSettings } from "../../app/invoices/settings-parse.ts";
import { toTypedSettings } from "../../app/invoices/settings-typed.ts";

const zone = "Europe/Berlin";
const defaults = invoiceSettingsSchema.parse({});
const typed = (part: SettingsPart, changes: Record<string, string> = {}) => ({
  ...toTypedSettings(part, defaults, zone),
  ...changes,
});
const errorsOf = (part: SettingsPart, changes: Record<string, string>) =>
  parseTypedSettings(part, typed(part, changes), zone).errors;

test.each(Object.keys(defaults) as SettingsPart[])(
  "the defaults of %s, shown and read again, are the same",
  (part) => {
    expect(parseTypedSettings(part, typed(part), zone)).toEqual({ value: defaults[part], errors: {} });
  },
);

test("what a card shows of filled settings reads again as the same", () => {
  const settings = invoiceSettingsSchema.parse({
    seller: {
      name: "Tea GmbH",
      address: ["Weg 1", "10115 Berlin"],
      countryCode: "DE",
      taxIds: [{ label: "USt-IdNr.", value: "DE136695976" }],
      bank: { iban: "DE89370400440532013000", bic: "COBADEFFXXX" },
    },
    automation: { trigger: "paid", since: "2026-03-28T23:00:00.000Z", excludeTags: ["a b", "c"] },
    template: { termsDays: null, notes: ["One", "Two"] },
  });
  for (const part of ["seller", "automation", "template"] as const)
    expect(parseTypedSettings(part, toTypedSettings(part, settings, zone), zone).value).toEqual(
      settings[part],
    );
});

test("a day is the shop's own, also on the night the clocks change", () => {
  const of = (since: string) => {
    const { value } = parseTypedSettings("automation", typed("automation", { since }), zone);
    return value?.since;
  };
  expect(of("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(of("2026-03-30")).toBe("2026-03-29T22:00:00.000Z");
  expect(of("2026-10-26")).toBe("2026-10-25T23:00:00.000Z");
});

test("each wrong field is named with what is wrong with it", () => {
  expect(errorsOf("seller", { iban: "DE89 3704 0044 0532 0130 01" }).iban).toContain("check digits");
  const vat = errorsOf("seller", { "taxLabel.0": "VAT ID", "taxValue.0": "DE136695977" });
  expect(vat["taxValue.0"]).toContain("check digit");
  expect(errorsOf("seller", { "taxValue.1": "12/345" })["taxLabel.1"]).toContain("Say what this number is");
  expect(errorsOf("seller", { countryCode: "Germany" }).countryCode).toContain("of the list");
  expect(errorsOf("template", { termsDays: "400" }).termsDays).toContain("365");
  expect(errorsOf("template", { color: "blue" }).color).toContain("#1f4f8b");
  expect(errorsOf("template", { name: "baroque" }).name).toBe("Choose one of the list.");
  expect(errorsOf("numbering", { "invoice.padding": "x" })["invoice.padding"]).toContain("whole number");
  expect(errorsOf("numbering", { "invoice.padding": "13" })["invoice.padding"]).toContain("12");
  expect(errorsOf("numbering", { "credit_note.prefix": "INV-{YYYY}-" })["credit_note.prefix"]).toContain(
    "own",
  );
  expect(errorsOf("numbering", { "credit_note.prefix": "INV-2031-" })["credit_note.prefix"]).toContain("own");
  expect(errorsOf("mail", { replyTo: "nobody" }).replyTo).toContain("office@example.com");
});

test("a seller's address of seven lines has no room", () => {
  expect(errorsOf("seller", { address: "1\n2\n3\n4\n5\n6\n7" }).address).toContain("room");
});
