import { groupIban } from "../documents/group-iban.ts";
import { todayIn } from "../search/today-in.ts";
import type { NumberPattern } from "./numbering-rules.ts";
import type { InvoiceSettings, SettingsPart } from "./settings.ts";

/** A card of the settings as typed: text by the name of its field, "on" for a ticked box, blank for nothing. */
export type TypedSettings = Record<string, string>;

/** What is wrong, by the name of the field. */
export type SettingsErrors = Partial<Record<string, string>>;

export const maxTaxIds = 4;
export const numberedKinds = ["invoice", "credit_note"] as const;

const lines = (list: string[]) => list.join("\n");
const tick = (on: boolean) => (on ? "on" : "");

/** A part of the settings as its card shows it. */
export function toTypedSettings(
  part: SettingsPart,
  settings: InvoiceSettings,
  timeZone: string,
): TypedSettings {
  switch (part) {
    case "seller":
      return typedSeller(settings.seller);
    case "numbering":
      return Object.assign({}, ...numberedKinds.map((kind) => typedPattern(kind, settings.numbering[kind])));
    case "automation": {
      const { trigger, since, excludeTags, excludeGateways, sendByEmail } = settings.automation;
      return {
        trigger,
        since: since ? todayIn(timeZone, new Date(since)) : "",
        excludeTags: excludeTags.join(", "),
        excludeGateways: excludeGateways.join(", "),
        sendByEmail: tick(sendByEmail),
      };
    }
    case "taxes": {
      const { taxes } = settings;
      return {
        rounding: taxes.rounding,
        zeroReason: taxes.zeroReason ?? "",
        exemptReason: taxes.exemptReason ?? "",
        reverseChargeReason: taxes.reverseChargeReason ?? "",
        vatIdAttributes: lines(taxes.vatIdAttributes),
        companyAttributes: lines(taxes.companyAttributes),
        purchaseOrderAttributes: lines(taxes.purchaseOrderAttributes),
      };
    }
    case "template": {
      const { name, color, language, termsDays, notes } = settings.template;
      return {
        name,
        color,
        language,
        termsDays: termsDays === null ? "" : String(termsDays),
        notes: lines(notes),
      };
    }
    case "mail": {
      const { fromName, replyTo, subject, body } = settings.mail;
      return { fromName: fromName ?? "", replyTo: replyTo ?? "", subject: subject ?? "", body: body ?? "" };
    }
  }
}

function typedSeller({ taxIds, bank, ...seller }: InvoiceSettings["seller"]): TypedSettings {
  const typed: TypedSettings = {
    name: seller.name,
    address: lines(seller.address),
    countryCode: seller.countryCode ?? "",
    email: seller.email ?? "",
    phone: seller.phone ?? "",
    website: seller.website ?? "",
    bankName: bank.name ?? "",
    iban: bank.iban ? groupIban(bank.iban) : "",
    bic: bank.bic ?? "",
    holder: bank.holder ?? "",
    footer: seller.footer ?? "",
  };
  for (let index = 0; index < maxTaxIds; index += 1) {
    typed[`taxLabel.${index}`] = taxIds[index]?.label ?? "";
    typed[`taxValue.${index}`] = taxIds[index]?.value ?? "";
  }
  return typed;
}

const typedPattern = (kind: string, { prefix, padding, yearly, start }: NumberPattern): TypedSettings => ({
  [`${kind}.prefix`]: prefix,
  [`${kind}.padding`]: String(padding),
  [`${kind}.yearly`]: tick(yearly),
  [`${kind}.start`]: String(start),
});

/** Far more than any field may hold, so that a refusal can still give back what was typed. */
const maxLength = 20_000;

/** Reads a posted card: the fields that `like` has; what is missing in the form is blank. */
export function readTypedSettings(form: FormData, like: TypedSettings): TypedSettings {
  return Object.fromEntries(
    Object.keys(like).map((name) => {
      const value = form.get(name);
      return [name, typeof value === "string" ? value.replaceAll("\r\n", "\n").slice(0, maxLength) : ""];
    }),
  );
}
