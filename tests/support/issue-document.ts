import { createHash, randomUUID } from "node:crypto";
import { type Db, withShop } from "../../app/db.server.ts";
import type { DocumentContent } from "../../app/documents/document.ts";
import type { OrderId } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";

/** What a small invoice says; each test changes what it is about. */
export function documentContent(changes: Partial<DocumentContent> = {}): DocumentContent {
  return {
    format: 1,
    kind: "invoice",
    language: "en",
    currency: "EUR",
    taxesIncluded: true,
    rounding: "line",
    seller: {
      name: "Mug & Sons",
      address: ["1 Kiln Lane", "10115 Berlin"],
      countryCode: "DE",
      taxIds: [{ label: "VAT ID", value: "DE123456789" }],
      bank: { name: "Kiln Bank", iban: "DE89370400440532013000", bic: "COBADEFFXXX", holder: null },
      email: "hello@mugs.example",
      phone: null,
      website: "https://mugs.example",
      footer: null,
      logoSha256: null,
    },
    buyer: {
      name: "Anna Berg",
      company: null,
      address: ["Anna Berg", "Hauptstraße 1", "80331 München"],
      countryCode: "DE",
      vatId: null,
      email: "anna@example.com",
    },
    order: { name: "#1001", placedOn: "2026-11-20", purchaseOrder: null },
    refersTo: null,
    reason: null,
    deliveredOn: null,
    termsDays: 14,
    lines: [
      {
        kind: "item",
        key: "item:11",
        title: "Mug",
        details: "blue · MUG-1",
        quantity: 2,
        unitPriceMinor: "1250",
        discountMinor: "0",
        amountMinor: "2500",
        taxKeys: ["standard"],
        taxShares: [{ taxMinor: "399", shopTaxMinor: "399" }],
        shopAmountMinor: "2500",
      },
    ],
    taxes: [
      {
        key: "standard",
        category: "standard",
        rate: "0.19",
        title: "VAT",
        reason: null,
        baseMinor: "2101",
        taxMinor: "399",
        shopBaseMinor: "2101",
        shopTaxMinor: "399",
      },
    ],
    totals: { netMinor: "2101", taxMinor: "399", grossMinor: "2500" },
    shopCurrency: "EUR",
    shopTotals: { netMinor: "2101", taxMinor: "399", grossMinor: "2500" },
    notes: [],
    template: { name: "classic", color: "#1f4f8b" },
    ...changes,
  };
}

export interface PlacedDocument {
  documentId: string;
  orderId: OrderId;
  number: string;
}

/** A PDF by its first bytes; nothing here renders one. */
export const fakePdf = Buffer.from("%PDF-1.7\nnot much of one\n%%EOF\n");

/** Issues a document for an order, with a stored file, as the database alone sees it. */
export async function placeDocument(
  db: Db,
  shopId: ShopId,
  orderId: OrderId,
  content: DocumentContent = documentContent(),
): Promise<PlacedDocument> {
  const documentId = randomUUID();
  const { totals, shopTotals, buyer } = content;
  const number = await withShop(db, shopId, async ({ sql }) => {
    await sql`
      insert into documents (shop_id, id, kind, order_id, trigger, template_version, currency, net_minor, tax_minor,
        gross_minor, shop_currency, shop_net_minor, shop_tax_minor, shop_gross_minor, buyer_name, buyer_email,
        buyer_country, content, actor_kind, actor_name)
      values (${shopId}, ${documentId}, ${content.kind}, ${orderId}, 'by_hand', 1, ${content.currency}, ${totals.netMinor},
        ${totals.taxMinor}, ${totals.grossMinor}, ${content.shopCurrency}, ${shopTotals.netMinor},
        ${shopTotals.taxMinor}, ${shopTotals.grossMinor}, ${buyer.name}, ${buyer.email}, ${buyer.countryCode},
        ${JSON.stringify(content)}, 'job', 'Test')`;
    await sql`insert into document_states (shop_id, document_id, state) values (${shopId}, ${documentId}, 'issued')`;
    await sql`
      insert into document_files (shop_id, document_id, template_version, sha256, bytes)
      values (${shopId}, ${documentId}, 1, ${createHash("sha256").update(fakePdf).digest("hex")}, ${fakePdf})`;
    const [row] = await sql<{ number: string }[]>`select number from documents where id = ${documentId}`;
    return row?.number ?? "";
  });
  return { documentId, orderId, number };
}
