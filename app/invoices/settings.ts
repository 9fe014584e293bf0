import { z } from "zod";
import { languages } from "../documents/document.ts";

/**
 * How a shop invoices: a part for each card of the settings screen, kept as JSON in `invoice_settings`. Every part
 * has a default, so a shop that has set nothing still reads as a whole.
 */

const line = (max: number) => z.string().trim().max(max);
const optional = (max: number) =>
  line(max)
    .nullish()
    .transform((value) => value || null);

export const sellerSchema = z.object({
  name: line(120).default(""),
  address: z.array(line(120)).max(6).default([]),
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish()
    .transform((value) => value ?? null),
  taxIds: z
    .array(z.object({ label: line(40), value: line(40) }))
    .max(4)
    .default([]),
  bank: z
    .object({ name: optional(80), iban: optional(42), bic: optional(11), holder: optional(80) })
    .default({}),
  email: optional(200),
  phone: optional(40),
  website: optional(200),
  footer: optional(600),
  logoSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish()
    .transform((value) => value ?? null),
});

/** Prefixes may hold the year; digits follow. */
const patternSchema = (prefix: string) =>
  z
    .object({
      prefix: line(24).default(prefix),
      padding: z.number().int().min(1).max(12).default(4),
      yearly: z.boolean().default(true),
      start: z.number().int().min(1).max(999_999_999).default(1),
    })
    .default({});

export const numberingSchema = z.object({
  invoice: patternSchema("INV-{YYYY}-"),
  credit_note: patternSchema("CN-{YYYY}-"),
});

export const automationSchema = z.object({
  trigger: z.enum(["paid", "fulfilled", "by_hand"]).default("by_hand"),
  /** Orders placed before this instant are left to people: what was invoiced elsewhere must not be invoiced twice. */
  since: z
    .string()
    .datetime()
    .nullish()
    .transform((value) => value ?? null),
  excludeTags: z.array(line(255)).max(50).default([]),
  excludeGateways: z.array(line(100)).max(50).default([]),
  /** Sends each document to the buyer as soon as it is issued. */
  sendByEmail: z.boolean().default(false),
});

export const taxSettingsSchema = z.object({
  rounding: z.enum(["line", "document"]).default("line"),
  /** Printed where nothing is charged; null prints the language's own sentence. */
  zeroReason: optional(300),
  exemptReason: optional(300),
  reverseChargeReason: optional(300),
  /** Names of order attributes, the first that is there wins. Compared without case. */
  vatIdAttributes: z.array(line(100)).max(10).default(["VAT ID", "VAT number", "USt-IdNr."]),
  companyAttributes: z.array(line(100)).max(10).default(["Company"]),
  purchaseOrderAttributes: z.array(line(100)).max(10).default(["PO number", "Purchase order"]),
});

export const templateSchema = z.object({
  name: z.enum(["classic", "modern"]).default("classic"),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .default("#1f4f8b"),
  /** For buyers whose language is unknown or not among ours. */
  language: z.enum(languages).default("en"),
  termsDays: z.number().int().min(0).max(365).nullable().default(14),
  notes: z.array(line(300)).max(5).default([]),
});

export const mailSettingsSchema = z.object({
  fromName: optional(80),
  replyTo: z
    .string()
    .email()
    .nullish()
    .transform((value) => value ?? null),
  /** Plain text with `{number}`, `{order}`, `{seller}`; null sends the language's own. */
  subject: optional(200),
  body: optional(4000),
});

export const invoiceSettingsSchema = z.object({
  seller: sellerSchema.default({}),
  numbering: numberingSchema.default({}),
  automation: automationSchema.default({}),
  taxes: taxSettingsSchema.default({}),
  template: templateSchema.default({}),
  mail: mailSettingsSchema.default({}),
});

export type InvoiceSettings = z.output<typeof invoiceSettingsSchema>;
export type SettingsPart = keyof InvoiceSettings;
