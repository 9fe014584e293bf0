import type { DocumentContent } from "../../app/documents/document.ts";
import type { Bill } from "../../app/invoices/bill.ts";
import { type Composed, composeDocuments } from "../../app/invoices/compose-documents.ts";
import type { Subject } from "../../app/invoices/document-frame.ts";
import type { OrderFacts } from "../../app/invoices/document-parties.ts";
import type { IssuedContent } from "../../app/invoices/piece.ts";
import { invoiceSettingsSchema } from "../../app/invoices/settings.ts";

const settings = invoiceSettingsSchema.parse({
  seller: { name: "Atomic Demo GmbH", countryCode: "DE", address: ["Torstr. 1", "10119 Berlin"] },
});

export const settingsWith = (rounding: "line" | "document" = "line") => ({
  ...settings,
  taxes: { ...settings.taxes, rounding },
});

const somewhere = {
  name: "Ada Example",
  company: null,
  address1: "Main St 1",
  address2: null,
  zip: "10115",
  city: "Berlin",
  province: null,
  country: "Germany",
  countryCode: "DE",
  phone: null,
};

const facts: OrderFacts = {
  name: "#1001",
  createdAt: "2026-11-24T23:30:00Z",
  email: "ada@example.com",
  customerName: "Ada Example",
  billingAddress: somewhere,
  shippingAddress: null,
  deliveredAt: null,
  shippedAt: null,
};

interface Wish extends Partial<Omit<Subject, "order">> {
  rounding?: "line" | "document";
  order?: Partial<OrderFacts>;
}

/** What documents of a bill are composed of. */
export function subjectOf(
  bill: Bill,
  issued: IssuedContent[],
  { rounding = "line", order, ...rest }: Wish = {},
): Subject {
  return {
    bill,
    issued,
    order: { ...facts, ...order },
    settings: settingsWith(rounding),
    shop: { currency: "EUR", timeZone: "Europe/Berlin" },
    cause: issued.length > 0 ? "change" : "paid",
    ...rest,
  };
}

/** Issues what is composed, as the database would. @returns the composition */
export function issue(bill: Bill, issued: IssuedContent[], wish: Wish = {}): Composed {
  const composed = composeDocuments(subjectOf(bill, issued, wish));
  if (composed.outcome === "documents") for (const content of composed.contents) put(issued, content);
  return composed;
}

export function put(issued: IssuedContent[], content: DocumentContent, byHand = false) {
  issued.push({ content, number: `DOC-${issued.length + 1}`, issuedOn: "2026-11-25", byHand });
}
