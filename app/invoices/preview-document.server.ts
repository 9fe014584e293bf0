import { type Db, withShop } from "../db.server.ts";
import { type DocumentContent, type IssuedDocument, templateVersion } from "../documents/document.ts";
import { renderDocument } from "../documents/render-document.ts";
import { todayIn } from "../search/today-in.ts";
import type { Shop } from "../shops/shop.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import { sampleContent } from "./sample-content.ts";
import { findLogo } from "./save-logo.server.ts";
import { parseTypedSettings } from "./settings-parse.ts";
import type { TypedSettings } from "./settings-typed.ts";

/** Draws content as a draft, without a number: what would be issued, in the shop's look. */
export async function renderDraft(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone">,
  content: DocumentContent,
): Promise<Uint8Array> {
  const { logoSha256 } = content.seller;
  const logo = logoSha256 ? await findLogo(db, shop.id, logoSha256) : null;
  const draft: IssuedDocument = {
    id: "draft",
    number: "",
    issuedOn: todayIn(shop.timeZone),
    dueOn: null,
    templateVersion,
    content,
  };
  return renderDocument(draft, { logo: logo?.bytes ?? null, draft: true });
}

/**
 * An invoice in the shop's look with a template that is not saved yet.
 * @param typed the template's card as typed
 * @returns null while what is typed is no template
 */
export async function previewTemplate(db: Db, shop: Shop, typed: TypedSettings): Promise<Uint8Array | null> {
  const { value: template } = parseTypedSettings("template", typed, shop.timeZone);
  if (!template) return null;
  const settings = await withShop(db, shop.id, (tx) => readInvoiceSettings(tx, shop.id));
  const content = sampleContent({ ...settings, template }, shop.currency, todayIn(shop.timeZone));
  return renderDraft(db, shop, content);
}
