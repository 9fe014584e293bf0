import { expect, test } from "vitest";
import { listSellerGaps } from "../../app/invoices/seller-gaps.ts";

const address = ["1 Kiln Lane"];
const taxIds = [{ label: "VAT ID", value: "DE136695976" }];

test.each([
  [{ address: [], countryCode: "DE", taxIds: [] }, ["address", "tax number"]],
  [{ address, countryCode: "GR", taxIds: [] }, ["tax number"]],
  [{ address, countryCode: "CH", taxIds }, []],
  // No country, or one without VAT: nobody is told to have a number that there is not.
  [{ address, countryCode: "US", taxIds: [] }, []],
  [{ address: [""], countryCode: null, taxIds: [] }, ["address"]],
])("a seller of %o lacks %o", (seller, gaps) => {
  expect(listSellerGaps(seller)).toEqual(gaps);
});
