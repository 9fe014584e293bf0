import { expect, test } from "vitest";
import { editFormSchema } from "../../app/orders/edit-form.ts";
import { editableFields } from "../../app/orders/order.ts";

test("of a form only the fields that may be edited are read, whatever else it brings", () => {
  const posted = {
    version: "3",
    status: "SHIPPED",
    trackingCompany: "DHL",
    trackingNumber: "T1",
    note: "",
    totalMinor: "1",
    shopId: crypto.randomUUID(),
    customerName: "Eve",
  };
  const { version, intent, answer, ...edit } = editFormSchema.parse(posted);
  expect({ version, intent, answer }).toEqual({ version: 3, intent: "save", answer: "redirect" });
  expect(Object.keys(edit).sort()).toEqual([...editableFields].sort());
});
