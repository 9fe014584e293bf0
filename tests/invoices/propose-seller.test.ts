import { expect, test } from "vitest";
import { listCountries } from "../../app/invoices/countries.ts";
import { proposeSeller } from "../../app/invoices/propose-seller.ts";
import { invoiceSettingsSchema } from "../../app/invoices/settings.ts";

const sellerOf = (seller: object = {}) => invoiceSettingsSchema.parse({ seller }).seller;

test("a seller that nobody has filled in is proposed from the shop's name and time zone", () => {
  const shop = { name: "Tea & Co", timeZone: "Europe/Berlin" };
  expect(proposeSeller(sellerOf(), shop)).toEqual({ name: "Tea & Co", countryCode: "DE" });
  expect(proposeSeller(sellerOf(), { ...shop, timeZone: "UTC" })).toEqual({ name: "Tea & Co" });
});

test.each([{ name: "Tea GmbH" }, { address: ["Weg 1"] }, { countryCode: "AT" }])(
  "nothing is proposed once the seller has %j",
  (seller) => {
    expect(proposeSeller(sellerOf(seller), { name: "Tea & Co", timeZone: "Europe/Berlin" })).toEqual({});
  },
);

test("every country can be chosen by its name, once", () => {
  const countries = listCountries();
  expect(countries).toHaveLength(249);
  expect(new Set(countries.map(({ code }) => code)).size).toBe(249);
  expect(countries.filter(({ code, name }) => code === name)).toEqual([]);
  expect(countries.find(({ code }) => code === "DE")).toEqual({ code: "DE", name: "Germany" });
});
