import { z } from "zod";
import { normaliseText } from "../normalise-text.ts";
import { compactCode, findBicError, findIbanError } from "./bank-numbers.ts";
import { dayStart } from "./day-start.ts";
import { canMeet, findPatternProblem } from "./numbering-rules.ts";
import { type InvoiceSettings, invoiceSettingsSchema, type SettingsPart } from "./settings.ts";
import { maxTaxIds, numberedKinds, type SettingsErrors, type TypedSettings } from "./settings-typed.ts";
import { findVatIdError } from "./vat-id.ts";

export type ParsedSettings<Part extends SettingsPart = SettingsPart> =
  | { value: InvoiceSettings[Part]; errors: SettingsErrors }
  | { value: null; errors: SettingsErrors };

/**
 * Checks a card as it was typed.
 * @param timeZone IANA; a day typed is a day on the shop's calendar
 * @returns the part as it would be stored, without the seller's logo, which no field of a card says
 */
export function parseTypedSettings<Part extends SettingsPart>(
  part: Part,
  typed: TypedSettings,
  timeZone: string,
): ParsedSettings<Part> {
  const errors = findErrors(part, typed);
  const parsed = invoiceSettingsSchema.shape[part].safeParse(toRaw(part, typed, timeZone, errors));
  if (!parsed.success)
    for (const { path, message, code } of parsed.error.issues)
      errors[fieldOf(part, path)] ??= describeIssue(String(path.at(-1)), code, message);
  if (!parsed.success || Object.keys(errors).length > 0) return { value: null, errors };
  return { value: parsed.data as InvoiceSettings[Part], errors };
}

/** Sentences of fields that hold no text of any length. */
const bounds: Record<string, string> = {
  padding: "From 1 to 12 digits.",
  start: "From 1 to 999,999,999.",
  termsDays: "From 0 to 365 days. Blank: nothing is said.",
};

function describeIssue(field: string, code: z.ZodIssueCode, message: string): string {
  const bound = bounds[field];
  if (bound) return bound;
  if (code === "too_big") return "This is longer than there is room for.";
  if (code === "invalid_enum_value") return "Choose one of the list.";
  return message === "Invalid email" ? "Write an address like office@example.com." : message;
}

/** The field that an issue of the schema belongs to. */
function fieldOf(part: SettingsPart, path: (string | number)[]): string {
  const [first = "", second = "", third] = path.map(String);
  if (part === "numbering") return `${first}.${second}`;
  if (first === "taxIds") return third === "label" ? `taxLabel.${second}` : `taxValue.${second || 0}`;
  return first === "bank" ? (second === "name" ? "bankName" : second) : first;
}

const splitLines = (text = "") => splitBy(text, "\n");
const splitCommas = (text = "") => splitBy(text, /[,\n]/);
const splitBy = (text: string, by: string | RegExp) =>
  text
    .split(by)
    .map((one) => normaliseText(one))
    .filter((one) => one !== null);

const whole = z
  .string()
  .trim()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** The shape that the schema parses. What cannot even take it is noted in `errors`. */
function toRaw(part: SettingsPart, typed: TypedSettings, timeZone: string, errors: SettingsErrors): object {
  const text = (name: string) => normaliseText(typed[name] ?? "");
  const number = (name: string) => {
    const parsed = whole.safeParse(typed[name] ?? "");
    if (!parsed.success) errors[name] ??= "Write a whole number.";
    return parsed.success ? parsed.data : undefined;
  };
  switch (part) {
    case "seller":
      return {
        name: text("name") ?? "",
        address: splitLines(typed.address),
        countryCode: text("countryCode")?.toUpperCase() ?? null,
        taxIds: Array.from({ length: maxTaxIds }, (_, index) => ({
          label: text(`taxLabel.${index}`) ?? "",
          value: text(`taxValue.${index}`) ?? "",
        })).filter(({ value }) => value),
        bank: {
          name: text("bankName"),
          iban: text("iban") && compactCode(text("iban") ?? ""),
          bic: text("bic") && compactCode(text("bic") ?? ""),
          holder: text("holder"),
        },
        email: text("email"),
        phone: text("phone"),
        website: text("website"),
        footer: text("footer"),
      };
    case "numbering":
      return Object.fromEntries(
        numberedKinds.map((kind) => [
          kind,
          {
            prefix: text(`${kind}.prefix`) ?? "",
            padding: number(`${kind}.padding`),
            yearly: typed[`${kind}.yearly`] === "on",
            start: number(`${kind}.start`),
          },
        ]),
      );
    case "automation":
      return {
        trigger: text("trigger"),
        since: typed.since && isDay(typed.since) ? dayStart(typed.since, timeZone) : null,
        excludeTags: splitCommas(typed.excludeTags),
        excludeGateways: splitCommas(typed.excludeGateways),
        sendByEmail: typed.sendByEmail === "on",
      };
    case "taxes":
      return {
        rounding: text("rounding"),
        zeroReason: text("zeroReason"),
        exemptReason: text("exemptReason"),
        reverseChargeReason: text("reverseChargeReason"),
        vatIdAttributes: splitLines(typed.vatIdAttributes),
        companyAttributes: splitLines(typed.companyAttributes),
        purchaseOrderAttributes: splitLines(typed.purchaseOrderAttributes),
      };
    case "template":
      return {
        name: text("name"),
        color: text("color")?.toLowerCase(),
        language: text("language"),
        termsDays: text("termsDays") === null ? null : number("termsDays"),
        notes: splitLines(typed.notes),
      };
    case "mail":
      return {
        fromName: text("fromName"),
        replyTo: text("replyTo"),
        subject: text("subject"),
        body: text("body"),
      };
  }
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** What no schema can say: check digits, and numbers that would come twice. */
function findErrors(part: SettingsPart, typed: TypedSettings): SettingsErrors {
  const errors: SettingsErrors = {};
  const note = (name: string, error: string | null) => {
    if (error) errors[name] = error;
  };
  if (part === "seller") {
    const { iban = "", bic = "", countryCode = "" } = typed;
    note("iban", iban.trim() ? findIbanError(iban) : null);
    note("bic", bic.trim() ? findBicError(bic) : null);
    if (countryCode.trim() && !/^[A-Za-z]{2}$/.test(countryCode.trim()))
      note("countryCode", "Choose a country of the list.");
    for (let index = 0; index < maxTaxIds; index += 1) {
      const [label = "", value = ""] = [typed[`taxLabel.${index}`], typed[`taxValue.${index}`]];
      if (value.trim() && !label.trim()) note(`taxLabel.${index}`, "Say what this number is, like VAT ID.");
      if (label.trim() && !value.trim()) note(`taxValue.${index}`, "Write the number, or blank both fields.");
      if (vatLabel.test(label)) note(`taxValue.${index}`, findVatIdError(value));
    }
  }
  if (part === "automation" && typed.since?.trim() && !isDay(typed.since))
    note("since", "Write a day like 2026-11-25.");
  if (part === "template" && !/^#[0-9a-f]{6}$/i.test(typed.color?.trim() ?? ""))
    note("color", "Write a colour like #1f4f8b.");
  if (part === "numbering") {
    const patternOf = (kind: string) => ({
      prefix: typed[`${kind}.prefix`]?.trim() ?? "",
      padding: 1,
      yearly: typed[`${kind}.yearly`] === "on",
      start: 1,
    });
    for (const kind of numberedKinds) note(`${kind}.prefix`, findPatternProblem(patternOf(kind)));
    if (canMeet(patternOf("invoice"), patternOf("credit_note")))
      note(
        "credit_note.prefix",
        "Credit notes need a prefix of their own: two documents must not share a number, in no year.",
      );
  }
  return errors;
}

/** A number with such a label is a VAT id, whose check digit can be tried. */
const vatLabel = /vat|ust|mwst|tva|iva|btw|nip/i;
