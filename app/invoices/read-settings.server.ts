import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type InvoiceSettings, invoiceSettingsSchema } from "./settings.ts";

/**
 * Reads how the shop invoices; a shop that has set nothing gets the defaults.
 * @returns the settings with their `version`, 0 before anything was saved
 */
export async function readInvoiceSettings(
  tx: Tx,
  shopId: ShopId,
): Promise<InvoiceSettings & { version: number }> {
  const [row] = await tx.sql<{ version: number; parts: unknown }[]>`
    select version, jsonb_build_object('seller', seller, 'numbering', numbering, 'automation', automation,
                                       'taxes', taxes, 'template', template, 'mail', mail) as parts
    from invoice_settings where shop_id = ${shopId}`;
  return { ...invoiceSettingsSchema.parse(row?.parts ?? {}), version: row?.version ?? 0 };
}
