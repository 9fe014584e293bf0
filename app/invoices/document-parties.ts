import type { StoredAddress } from "../../drizzle/schema/orders.ts";
import type { Buyer, Seller } from "../documents/document.ts";
import type { Bill } from "./bill.ts";
import type { InvoiceSettings } from "./settings.ts";

/** What a document needs to know of its order beside the bill. Instants are ISO 8601. */
export interface OrderFacts {
  name: string;
  createdAt: string;
  email: string | null;
  customerName: string | null;
  billingAddress: StoredAddress | null;
  shippingAddress: StoredAddress | null;
  deliveredAt: string | null;
  shippedAt: string | null;
  cancelledAt?: string | null;
  /** Shopify's word. */
  financialStatus?: string | null;
}

/** The seller as the settings have it now: a document keeps its own copy. */
export const toSeller = ({ seller }: InvoiceSettings): Seller => ({
  name: seller.name,
  address: seller.address.filter((line) => line !== ""),
  countryCode: seller.countryCode,
  taxIds: seller.taxIds,
  bank: seller.bank,
  email: seller.email,
  phone: seller.phone,
  website: seller.website,
  footer: seller.footer,
  logoSha256: seller.logoSha256,
});

/** The buyer: the billing address, else the one that was shipped to, with what the order's attributes say. */
export function toBuyer(order: OrderFacts, bill: Bill, settings: InvoiceSettings): Buyer {
  const address = order.billingAddress ?? order.shippingAddress;
  return {
    name: address?.name ?? order.customerName,
    company:
      bill.company ?? readAttribute(bill, settings.taxes.companyAttributes) ?? address?.company ?? null,
    address: address ? addressLines(address) : [],
    countryCode: address?.countryCode ?? null,
    vatId: buyerVatId(bill, settings),
    email: order.email,
  };
}

export const buyerVatId = (bill: Bill, settings: InvoiceSettings): string | null =>
  readAttribute(bill, settings.taxes.vatIdAttributes);

export const purchaseOrderOf = (bill: Bill, settings: InvoiceSettings): string | null =>
  bill.purchaseOrder ?? readAttribute(bill, settings.taxes.purchaseOrderAttributes);

/** Whether anything says who the buyer is; nothing does once Shopify has had the person erased. */
export const isKnown = (buyer: Buyer) =>
  buyer.name !== null || buyer.company !== null || buyer.address.length > 0;

/** The value of the first attribute that is there. Names are compared without case. */
function readAttribute(bill: Bill, names: string[]): string | null {
  for (const name of names) {
    const found = bill.attributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found) return found.value;
  }
  return null;
}

function addressLines({ address1, address2, zip, city, province, country }: StoredAddress): string[] {
  const town = [[zip, city].filter(Boolean).join(" "), province].filter(Boolean).join(", ");
  return [address1, address2, town, country].flatMap((line) => line || []);
}
