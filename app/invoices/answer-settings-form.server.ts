import { z } from "zod";
import type { Db } from "../db.server.ts";
import { todayIn } from "../search/today-in.ts";
import type { Actor, Shop } from "../shops/shop.ts";
import { findRepeatedNumbers } from "./number-series.server.ts";
import { saveLogo } from "./save-logo.server.ts";
import { saveInvoiceSettings } from "./save-settings.server.ts";
import { type InvoiceSettings, invoiceSettingsSchema, type SettingsPart } from "./settings.ts";
import { noSettingsAnswer, type SettingsAnswer } from "./settings-answer.ts";
import { parseTypedSettings } from "./settings-parse.ts";
import { findSavedSettings } from "./settings-screen.server.ts";
import { readTypedSettings, toTypedSettings } from "./settings-typed.ts";

const partNames = Object.keys(invoiceSettingsSchema.shape) as [SettingsPart, ...SettingsPart[]];

const version = z.coerce.number().int().min(0).max(2_147_483_647);
const formSchema = z.object({
  part: z.enum(partNames),
  intent: z.enum(["save", "overwrite", "preview"]),
  version,
  /** The version whose values the person saw and chose to overwrite. */
  theirVersion: version.optional(),
  /** What the card showed when it was opened, as JSON. */
  opened: z.string().max(100_000).optional(),
});

interface AnsweredForm {
  status: 200 | 409 | 422;
  answer: SettingsAnswer;
}

/** Does what a form of the settings screen asks for, and says what the screen answers. */
export async function answerSettingsForm(
  db: Db,
  { shop, actor, fields }: { shop: Shop; actor: Actor; fields: FormData },
): Promise<AnsweredForm> {
  if (fields.get("part") === "logo") return answerLogo(db, { shop, actor, fields });
  const form = formSchema.safeParse(Object.fromEntries(fields));
  if (!form.success)
    return {
      status: 422,
      answer: { ...noSettingsAnswer, refused: "That is no action of this page. Reload it." },
    };
  const { part, intent, version: openedAt, theirVersion, opened } = form.data;
  const { settings, version: storedVersion } = await findSavedSettings(db, shop.id);
  const stored = toTypedSettings(part, settings, shop.timeZone);
  const typed = readTypedSettings(fields, stored);
  const answer = (status: AnsweredForm["status"], said: Partial<SettingsAnswer>): AnsweredForm => ({
    status,
    answer: { ...noSettingsAnswer, part, typed, openedVersion: openedAt, ...said },
  });
  if (intent === "preview") return answer(200, { done: "preview" });

  const { value, errors } = parseTypedSettings(part, typed, shop.timeZone);
  if (!value) return answer(422, { errors });
  const repeated = part === "numbering" ? await findRepeats(db, shop, value) : {};
  if (Object.keys(repeated).length > 0) return answer(422, { errors: repeated });
  // A save of another card has raised the version, but not touched what this one was opened with.
  const baseVersion = opened === JSON.stringify(stored) ? storedVersion : openedAt;
  const openedVersion = intent === "overwrite" ? (theirVersion ?? openedAt) : baseVersion;
  // No field of the card says the logo.
  const whole = part === "seller" ? { ...value, logoSha256: settings.seller.logoSha256 } : value;
  const result = await saveInvoiceSettings(db, { shopId: shop.id, part, value: whole, openedVersion, actor });
  if (result.outcome === "conflict") return answer(409, { conflict: true });
  return answer(200, { done: result.outcome, typed: null, openedVersion: result.version });
}

const findRepeats = (db: Db, shop: Shop, numbering: object) =>
  findRepeatedNumbers(
    db,
    shop.id,
    invoiceSettingsSchema.shape.numbering.parse(numbering) satisfies InvoiceSettings["numbering"],
    Number(todayIn(shop.timeZone).slice(0, 4)),
  );

async function answerLogo(
  db: Db,
  { shop, actor, fields }: { shop: Shop; actor: Actor; fields: FormData },
): Promise<AnsweredForm> {
  const said = (status: AnsweredForm["status"], more: Partial<SettingsAnswer>): AnsweredForm => ({
    status,
    answer: { ...noSettingsAnswer, part: "logo", ...more },
  });
  const file = fields.get("file");
  const isRemoval = fields.get("intent") === "remove-logo";
  if (!isRemoval && !(file instanceof File))
    return said(422, { errors: { file: "Choose a picture first." } });
  const bytes = file instanceof File && !isRemoval ? new Uint8Array(await file.arrayBuffer()) : null;
  const result = await saveLogo(db, { shopId: shop.id, bytes, actor });
  if (result.outcome === "refused") return said(422, { errors: { file: result.reason } });
  return said(200, { done: "saved" });
}
