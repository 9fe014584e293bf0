import { randomUUID } from "node:crypto";
import { withShop } from "../../app/db.server.ts";
import type { DocumentKind } from "../../app/documents/document.ts";
import { saveInvoiceSettings } from "../../app/invoices/save-settings.server.ts";
import { type InvoiceSettings, invoiceSettingsSchema } from "../../app/invoices/settings.ts";
import type { OrderId } from "../../app/orders/order.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { type AppContext, createShop } from "./app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "./deliveries.ts";

export const anna: Actor = { kind: "merchant", id: "1001", name: "Anna Berg" };

/** Two mugs and shipping at 20 % VAT, in prices: what `mugs` are left and whether shipping still is. */
export function billablePayload({
  id = nextOrderId(),
  mugs = 2,
  minute = 0,
  ...fields
}: {
  id?: string;
  mugs?: number;
  /** Later payloads of an order need a later one. */
  minute?: number;
  [field: string]: unknown;
} = {}): string {
  const goods = mugs * 12;
  const total = goods + 6;
  const tax = total / 6;
  const money = (amount: number) => amount.toFixed(2);
  const taxLines = (price: number) => [{ title: "VAT", rate: 0.2, price: money(price) }];
  const refunded = 2 - mugs;
  return orderPayload({
    id,
    updatedAt: `2026-11-01T10:${String(minute).padStart(2, "0")}:00Z`,
    total_price: "30.00",
    current_total_price: money(total),
    subtotal_price: "24.00",
    current_subtotal_price: money(goods),
    total_tax: "5.00",
    current_total_tax: money(tax),
    total_outstanding: fields.financial_status === "paid" ? "0.00" : money(total),
    line_items: [
      {
        id: 11,
        title: "Mug",
        quantity: 2,
        current_quantity: mugs,
        price: "12.00",
        taxable: true,
        tax_lines: taxLines(4),
      },
    ],
    shipping_lines: [
      { id: 21, title: "Post", price: "6.00", discounted_price: "6.00", tax_lines: taxLines(1) },
    ],
    refunds:
      refunded > 0
        ? [
            {
              id: 31,
              refund_line_items: [
                { id: 41, line_item_id: 11, quantity: refunded, line_item: { id: 11, title: "Mug" } },
              ],
            },
          ]
        : [],
    ...fields,
  });
}

export async function saveSettings(
  { db }: Pick<AppContext, "db">,
  shopId: ShopId,
  parts: { [Part in keyof InvoiceSettings]?: Partial<InvoiceSettings[Part]> },
): Promise<void> {
  const whole = invoiceSettingsSchema.parse({ seller: { name: "Mug Shop", countryCode: "DE" }, ...parts });
  const [row] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ version: number }[]>`select version from invoice_settings where shop_id = ${shopId}`,
  );
  const saved = await saveInvoiceSettings(db, {
    shopId,
    openedVersion: row?.version ?? 0,
    parts: whole,
    actor: anna,
  });
  if (saved.outcome !== "saved") throw new Error(`the settings were not saved: ${saved.outcome}`);
}

/** A shop that invoices by the given trigger. */
export async function createInvoicingShop(
  context: Pick<AppContext, "db">,
  automation: Partial<InvoiceSettings["automation"]> = {},
): Promise<{ shopId: ShopId; domain: string }> {
  const shop = await createShop(context.db);
  await saveSettings(context, shop.shopId, {
    automation: { since: "2026-01-01T00:00:00Z", ...automation },
  });
  return shop;
}

/** Applies an order's payload as a delivery would bring it. */
export async function deliverOrder(
  context: AppContext,
  domain: string,
  payload: string,
  topic = "orders/updated",
): Promise<void> {
  const { updated_at: updatedAt } = JSON.parse(payload) as { updated_at: string };
  await deliverAndProcess(
    context,
    delivery(domain, payload, { topic, webhookId: randomUUID(), triggeredAt: updatedAt }),
  );
}

/** A shop with one order that can be billed. */
export async function createOrderToBill(
  context: AppContext,
  automation: Partial<InvoiceSettings["automation"]> = {},
  fields: object = {},
): Promise<{ shopId: ShopId; domain: string; shopifyOrderId: string; orderId: OrderId }> {
  const shop = await createInvoicingShop(context, automation);
  const shopifyOrderId = nextOrderId();
  await deliverOrder(context, shop.domain, billablePayload({ id: shopifyOrderId, ...fields }));
  const order = await readOrder(context, shop.shopId, shopifyOrderId);
  if (!order) throw new Error("the order was not stored");
  return { ...shop, shopifyOrderId, orderId: order.id };
}

/** A shop with the given number of invoices: copies of one, each issued as the app would. */
export async function shopWithInvoices(context: AppContext, count: number): Promise<ShopId> {
  const { shopId } = await createOrderToBill(context, { trigger: "paid" }, { financial_status: "paid" });
  if (count > 1)
    await withShop(
      context.db,
      shopId,
      (tx) => tx.sql`
        insert into documents select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'issued_at', null))).*
        from documents d, generate_series(2, ${count}::int)`,
    );
  return shopId;
}

export interface StoredDocument {
  id: string;
  kind: DocumentKind;
  number: string;
  trigger: string;
  gross: string;
  reason: string | null;
  state: string;
  paid: string;
  credited: string;
}

/** A shop's documents in the order they were issued. */
export function readDocuments({ db }: Pick<AppContext, "db">, shopId: ShopId): Promise<StoredDocument[]> {
  return withShop(db, shopId, async (tx) => [
    ...(await tx.sql<StoredDocument[]>`
      select d.id, d.kind, d.number, d.trigger, d.gross_minor::text as gross, d.content::jsonb ->> 'reason' as reason,
        s.state, s.paid_minor::text as paid, s.credited_minor::text as credited
      from documents d join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      where d.shop_id = ${shopId} order by d.issued_at, d.kind desc, d.sequence`),
  ]);
}

/** Kinds of a shop's document events, oldest first. */
export function readEventKinds({ db }: Pick<AppContext, "db">, shopId: ShopId): Promise<string[]> {
  return withShop(db, shopId, async (tx) =>
    (
      await tx.sql<{ kind: string }[]>`select kind from document_events where shop_id = ${shopId} order by id`
    ).map(({ kind }) => kind),
  );
}
