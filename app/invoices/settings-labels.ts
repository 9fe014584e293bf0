import type { Language } from "../documents/document.ts";
import type { SettingsPart } from "./settings.ts";

/** Each language in its own word. */
export const languageNames: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  it: "Italiano",
  nl: "Nederlands",
  pl: "Polski",
  ja: "日本語",
};

export const triggerLabels = {
  by_hand: "Only by hand",
  paid: "When an order is paid",
  fulfilled: "When an order is fulfilled",
};
export const roundingLabels = { line: "On each line", document: "Once for each rate of a document" };
export const templateLabels = { classic: "Classic", modern: "Modern" };

/** What the fields of each card are called. */
export const settingsLabels: Record<SettingsPart, Record<string, string>> = {
  seller: {
    name: "Name of the business",
    address: "Address",
    countryCode: "Country",
    ...Object.fromEntries(
      [0, 1, 2, 3].flatMap((index) => [
        [`taxLabel.${index}`, `Tax number ${index + 1}: what it is`],
        [`taxValue.${index}`, `Tax number ${index + 1}`],
      ]),
    ),
    email: "E-mail",
    phone: "Phone",
    website: "Website",
    bankName: "Bank",
    iban: "IBAN",
    bic: "BIC",
    holder: "Account holder",
    footer: "Small print at the foot of each page",
  },
  numbering: Object.fromEntries(
    [
      ["invoice", "Invoices"],
      ["credit_note", "Credit notes"],
    ].flatMap(([kind, name]) => [
      [`${kind}.prefix`, `${name}: prefix`],
      [`${kind}.padding`, `${name}: digits at least`],
      [`${kind}.yearly`, `${name}: start again each year`],
      [`${kind}.start`, `${name}: a new series starts at`],
    ]),
  ),
  automation: {
    trigger: "Issue invoices",
    since: "For orders placed from",
    excludeTags: "Not for orders with a tag",
    excludeGateways: "Not for payments through",
    sendByEmail: "Send each document to the buyer as soon as it is issued",
  },
  taxes: {
    rounding: "Round taxes",
    zeroReason: "Reason for a rate of zero",
    exemptReason: "Reason for an exemption",
    reverseChargeReason: "Reason for reverse charge",
    vatIdAttributes: "Attributes with the buyer's VAT id",
    companyAttributes: "Attributes with the company",
    purchaseOrderAttributes: "Attributes with the purchase order",
  },
  template: {
    name: "Template",
    color: "Colour",
    language: "Language where the buyer's is unknown",
    termsDays: "Days to pay",
    notes: "Notes",
  },
  mail: { fromName: "From", replyTo: "Answers go to", subject: "Subject", body: "Text" },
};

const choices: Record<string, Record<string, string>> = {
  trigger: triggerLabels,
  rounding: roundingLabels,
  "template.name": templateLabels,
  language: languageNames,
};

/** A typed value in words, for two people's to be compared. */
export function describeTyped(part: SettingsPart, name: string, value: string): string {
  if (name === "sendByEmail" || name.endsWith(".yearly")) return value ? "yes" : "no";
  const choice = choices[`${part}.${name}`] ?? choices[name];
  return choice?.[value] ?? (value || "nothing");
}
