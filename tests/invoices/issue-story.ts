import type { DocumentContent } from "../../app/documents/document.ts";
import { type Composed, composeDocuments } from "../../app/invoices/compose-documents.ts";
import type { Subject } from "../../app/invoices/document-frame.ts";
import { mapBill } from "../../app/invoices/map-bill.ts";
import type { IssuedContent } from "../../app/invoices/piece.ts";
import { invoiceSettingsSchema } from "../../app/invoices/settings.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";

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

/** What documents of a payload are composed of. */
export function subjectOf(
  order: unknown,
  issued: IssuedContent[],
  { rounding = "line", ...rest }: Partial<Subject> & { rounding?: "line" | "document" } = {},
): Subject {
  return {
    bill: mapBill(order),
    issued,
    order: {
      name: "#1001",
      createdAt: "2026-11-24T23:30:00Z",
      email: "ada@example.com",
      customerName: "Ada Example",
      billingAddress: somewhere,
      shippingAddress: null,
      deliveredAt: null,
      shippedAt: null,
    },
    settings: settingsWith(rounding),
    shop: { currency: "EUR", timeZone: "Europe/Berlin" },
    cause: issued.length > 0 ? "change" : "paid",
    ...rest,
  };
}

/** Issues what is composed, as the database would. @returns the composition */
export function issue(
  order: OrderPayload,
  issued: IssuedContent[],
  options: { rounding?: "line" | "document" } = {},
): Composed {
  const composed = composeDocuments(
    subjectOf(order, issued, {
      ...options,
      order: { ...subjectOf(order, []).order, cancelledAt: order.cancelled_at },
    }),
  );
  if (composed.outcome === "documents") for (const content of composed.contents) put(issued, content);
  return composed;
}

export function put(issued: IssuedContent[], content: DocumentContent, byHand = false) {
  issued.push({ content, number: `DOC-${issued.length + 1}`, issuedOn: "2026-11-25", byHand });
}
