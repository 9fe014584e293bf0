import { type Db, type Tx, withShop } from "../db.server.ts";
import type { DocumentKind } from "../documents/document.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { kindLabels } from "./document-row.ts";
import {
  canMeet,
  findPatternProblem,
  type NumberPattern,
  numberExpression,
  yearWidth,
} from "./numbering-rules.ts";
import { readInvoiceSettings } from "./read-settings.server.ts";
import type { InvoiceSettings, SettingsPart } from "./settings.ts";

export interface SaveInvoiceSettings {
  shopId: ShopId;
  /** The version the card was opened at; 0 while nothing was saved. */
  openedVersion: number;
  /** The parts that the card holds; the others stay as they are. */
  parts: Partial<InvoiceSettings>;
  /** The parts as the form was opened with; without them any newer version is a conflict. */
  opened?: Partial<InvoiceSettings>;
  actor: Actor;
}

export type SaveSettingsOutcome =
  | { outcome: "saved"; version: number }
  | { outcome: "unchanged"; version: number }
  /** The same part was saved by somebody else meanwhile; theirs are its values now. */
  | { outcome: "conflict"; theirs: InvoiceSettings & { version: number } }
  /** A pattern that could give a number twice. */
  | { outcome: "refused"; reason: string };

/**
 * Saves parts of how the shop invoices. A save that meets a newer version goes through when the parts it holds are as
 * they were opened; `opened` parts are told by the form, and only a part that both sides changed is a conflict.
 */
export async function saveInvoiceSettings(
  db: Db,
  { shopId, openedVersion, parts, actor, opened = {} }: SaveInvoiceSettings,
): Promise<SaveSettingsOutcome> {
  const { result, change } = await withShop(db, shopId, async (tx) => {
    // Settings that are not there yet have no row to lock.
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('invoice-settings ' || ${shopId}::text, 0))`;
    const stored = await readInvoiceSettings(tx, shopId);
    const changed = partsOf(parts).filter((part) => !isSame(parts[part], stored[part]));
    if (changed.length === 0) return kept({ outcome: "unchanged", version: stored.version });
    const moved = changed.some((part) => !isSame(opened[part], stored[part]));
    if (stored.version !== openedVersion && moved) return kept({ outcome: "conflict", theirs: stored });
    const reason = parts.numbering ? await findNumberingProblem(tx, shopId, parts.numbering) : null;
    if (reason) return kept({ outcome: "refused", reason });
    const version = stored.version + 1;
    await writeSettings(tx, shopId, { ...stored, ...withStart(stored, parts), version }, actor);
    return {
      result: { outcome: "saved", version } satisfies SaveSettingsOutcome,
      change: await countChange(tx, shopId),
    };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return result;
}

const kept = (result: SaveSettingsOutcome) => ({ result, change: null });

const partsOf = (parts: Partial<InvoiceSettings>) => Object.keys(parts) as SettingsPart[];

/** Both sides come out of the same schema, so equal values have their keys in the same order. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Automation begins when it is switched on: orders from before may have been invoiced elsewhere. */
function withStart(stored: InvoiceSettings, parts: Partial<InvoiceSettings>): Partial<InvoiceSettings> {
  const { automation } = parts;
  if (!automation || automation.since || automation.trigger === "by_hand") return parts;
  if (stored.automation.trigger !== "by_hand") return parts;
  return { ...parts, automation: { ...automation, since: new Date().toISOString() } };
}

async function findNumberingProblem(
  tx: Tx,
  shopId: ShopId,
  numbering: InvoiceSettings["numbering"],
): Promise<string | null> {
  for (const kind of ["invoice", "credit_note"] as const) {
    const pattern = numbering[kind];
    const problem = findPatternProblem(pattern) ?? (await findCollision(tx, shopId, kind, pattern));
    if (problem) return `${kindLabels[kind]}: ${problem}`;
  }
  return canMeet(numbering.invoice, numbering.credit_note)
    ? "An invoice and a credit note could get the same number. Give them prefixes that differ in a letter."
    : null;
}

/**
 * What the pattern would write from now on, in whatever year, must not be a number that was given already: not by
 * another series in this year, and by none in a year to come, which begins at 1 again where series are yearly.
 */
async function findCollision(
  tx: Tx,
  shopId: ShopId,
  kind: DocumentKind,
  pattern: NumberPattern,
): Promise<string | null> {
  const { prefix, yearly, padding, start } = pattern;
  const [row] = await tx.sql<{ number: string }[]>`
    with present as (
      select case when ${yearly} then extract(year from now() at time zone time_zone)::int else 0 end as series_year,
        extract(year from now() at time zone time_zone)::int as year
      from shops where id = ${shopId}
    ), mine as (
      -- As number_document() begins a series: at the start, or at 1 when a year came before it.
      select s.id, coalesce(s.last_sequence, case when present.series_year > 0 and exists (
          select from number_series b where b.shop_id = ${shopId} and b.kind = ${kind}
            and b.year between 1 and present.series_year - 1) then 0 else ${start}::bigint - 1 end) as last_sequence
      from present left join number_series s on s.shop_id = ${shopId} and s.kind = ${kind} and s.year = present.series_year
    ), given as (
      select number, series_id, regexp_match(number, ${numberExpression(pattern)}) as parts
      from documents where shop_id = ${shopId} and kind = ${kind}
    ), told as (
      select number, series_id, parts[cardinality(parts)]::bigint as sequence,
        case ${yearWidth(pattern)}::int when 4 then parts[1]::int when 2 then year / 100 * 100 + parts[1]::int
          else year end as year
      from given, present where parts is not null
    )
    select number from told, present, mine
    where number = format_document_number(${prefix}, ${padding}, told.year, sequence)
      and (told.year = present.year and series_id is distinct from mine.id and sequence > mine.last_sequence
        or told.year > present.year and sequence > case when ${yearly} then 0 else mine.last_sequence end)
    limit 1`;
  return row
    ? `the number ${row.number} was given already and would come again. Choose another prefix or start.`
    : null;
}

async function writeSettings(
  tx: Tx,
  shopId: ShopId,
  settings: InvoiceSettings & { version: number },
  actor: Actor,
): Promise<void> {
  const text = (part: SettingsPart) => JSON.stringify(settings[part]);
  await tx.sql`
    insert into invoice_settings (shop_id, version, seller, numbering, automation, taxes, template, mail, updated_by)
    values (${shopId}, ${settings.version}, ${text("seller")}::text::jsonb, ${text("numbering")}::text::jsonb,
      ${text("automation")}::text::jsonb, ${text("taxes")}::text::jsonb, ${text("template")}::text::jsonb,
      ${text("mail")}::text::jsonb, ${actor.name})
    on conflict (shop_id) do update set version = excluded.version, seller = excluded.seller,
      numbering = excluded.numbering, automation = excluded.automation, taxes = excluded.taxes,
      template = excluded.template, mail = excluded.mail, updated_by = excluded.updated_by, updated_at = now()`;
}
