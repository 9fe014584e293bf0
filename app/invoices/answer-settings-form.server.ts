import { z } from "zod";
import type { Db } from "../db.server.ts";
import type { Actor, Shop } from "../shops/shop.ts";
import { changeLogo } from "./change-logo.server.ts";
import { saveInvoiceSettings } from "./save-settings.server.ts";
import { invoiceSettingsSchema, type SettingsPart } from "./settings.ts";
import { noSettingsAnswer, type SettingsAnswer } from "./settings-answer.ts";
import { parseTypedSettings } from "./settings-parse.ts";
import { findSavedSettings } from "./settings-screen.server.ts";
import { readTypedSettings, type TypedSettings, toTypedSettings } from "./settings-typed.ts";

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
  const { part, intent, version: openedAt, theirVersion } = form.data;
  const { settings } = await findSavedSettings(db, shop.id);
  const like = toTypedSettings(part, settings, shop.timeZone);
  const typed = readTypedSettings(fields, like);
  const answer = (status: AnsweredForm["status"], said: Partial<SettingsAnswer>): AnsweredForm => ({
    status,
    answer: { ...noSettingsAnswer, part, typed, openedVersion: openedAt, ...said },
  });
  if (intent === "preview") return answer(200, { done: "preview" });

  // No field of the seller's card says the logo.
  const { logoSha256 } = settings.seller;
  const parse = (card: TypedSettings) => {
    const { value, errors } = parseTypedSettings(part, card, shop.timeZone);
    return { parts: value && { [part]: part === "seller" ? { ...value, logoSha256 } : value }, errors };
  };
  const { parts, errors } = parse(typed);
  if (!parts) return answer(422, { errors });
  const isOverwrite = intent === "overwrite";
  const opened = readOpened(form.data.opened);
  const result = await saveInvoiceSettings(db, {
    shopId: shop.id,
    openedVersion: isOverwrite ? (theirVersion ?? openedAt) : openedAt,
    parts,
    actor,
    opened: (!isOverwrite && opened && parse(opened).parts) || {},
  });
  switch (result.outcome) {
    case "saved":
    case "unchanged":
      return answer(200, { done: result.outcome, typed: null, openedVersion: result.version });
    case "conflict":
      return answer(409, { conflict: true });
    case "refused":
      return answer(422, { refused: result.reason });
  }
}

/** What a card was opened with, as its page tells it; null when it does not. */
function readOpened(text: string | undefined): TypedSettings | null {
  try {
    return z.record(z.string()).parse(JSON.parse(text ?? ""));
  } catch {
    // A page that says nothing sound says nothing; the version alone then decides.
    return null;
  }
}

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
  const result = await changeLogo(db, { shopId: shop.id, bytes, actor });
  if (result.outcome === "refused") return said(422, { errors: { file: result.reason } });
  return said(200, { done: "saved" });
}
