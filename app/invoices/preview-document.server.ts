import { type Db, withShop } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import { renderPreview } from "../documents/render-document.ts";
import { todayIn } from "../search/today-in.ts";
import type { Shop, ShopId } from "../shops/shop.ts";
import { findPreview } from "./preview-order.server.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import { sampleContent } from "./sample-content.ts";
import { findLogo } from "./save-logo.server.ts";
import { parseTypedSettings } from "./settings-parse.ts";
import type { TypedSettings } from "./settings-typed.ts";

/** Draws content as a draft, without a number, with the logo that it names. */
export async function renderDraft(db: Db, shopId: ShopId, content: DocumentContent): Promise<Uint8Array> {
  const { logoSha256 } = content.seller;
  const logo = logoSha256 ? await findLogo(db, shopId, logoSha256) : null;
  return renderPreview(content, logo?.bytes ?? null);
}

/**
 * The invoice of a recent order, or a made-up one, with a template that is not saved yet.
 * @param typed the template's card as typed; with no field at all the saved one is drawn
 * @returns null when what is typed is no template
 */
export async function previewTemplate(db: Db, shop: Shop, typed: TypedSettings): Promise<Uint8Array | null> {
  const saved = await withShop(db, shop.id, (tx) => readInvoiceSettings(tx, shop.id));
  const isTyped = typed.name !== undefined;
  const template = isTyped ? parseTypedSettings("template", typed, shop.timeZone).value : saved.template;
  if (!template) return null;
  const settings = { ...saved, template };
  const real = await findPreview(db, shop.id, template);
  const content = real?.content ?? sampleContent(settings, shop.currency, todayIn(shop.timeZone));
  return renderDraft(db, shop.id, content);
}
