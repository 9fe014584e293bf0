import { type Language, languages } from "../document.ts";

/** Countries where one of our languages is what an invoice is written in. Those with several are left out. */
const byCountry: Record<string, Language> = {
  DE: "de",
  AT: "de",
  LI: "de",
  FR: "fr",
  MC: "fr",
  ES: "es",
  AD: "es",
  AR: "es",
  BO: "es",
  CL: "es",
  CO: "es",
  CR: "es",
  DO: "es",
  EC: "es",
  GT: "es",
  HN: "es",
  MX: "es",
  NI: "es",
  PA: "es",
  PE: "es",
  PY: "es",
  SV: "es",
  UY: "es",
  VE: "es",
  IT: "it",
  SM: "it",
  VA: "it",
  NL: "nl",
  PL: "pl",
  JP: "ja",
  US: "en",
  GB: "en",
  IE: "en",
  AU: "en",
  NZ: "en",
};

/**
 * The language of a buyer's documents: the one they shopped in, else the one of their country, else the shop's.
 *
 * @param locale BCP 47, as Shopify says it: "de-DE"; null or one we have no words for decides nothing
 * @param country ISO 3166-1 alpha-2 of the billing address
 */
export function chooseLanguage(locale: string | null, country: string | null, fallback: Language): Language {
  const spoken = locale?.toLowerCase().split(/[-_]/)[0];
  const known = languages.find((language) => language === spoken);
  return known ?? byCountry[country?.toUpperCase() ?? ""] ?? fallback;
}
