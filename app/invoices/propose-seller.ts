import type { Shop } from "../shops/shop.ts";
import type { InvoiceSettings } from "./settings.ts";
import type { TypedSettings } from "./settings-typed.ts";

/** Zones that lie in one country alone, by the IANA time zone database (zone1970.tab and its links). */
const countryByZone: Record<string, string> = {
  "America/Argentina/Buenos_Aires": "AR",
  "America/Bogota": "CO",
  "America/Chicago": "US",
  "America/Denver": "US",
  "America/Lima": "PE",
  "America/Los_Angeles": "US",
  "America/Mexico_City": "MX",
  "America/New_York": "US",
  "America/Santiago": "CL",
  "America/Sao_Paulo": "BR",
  "America/Toronto": "CA",
  "America/Vancouver": "CA",
  "Asia/Hong_Kong": "HK",
  "Asia/Jakarta": "ID",
  "Asia/Jerusalem": "IL",
  "Asia/Kolkata": "IN",
  "Asia/Manila": "PH",
  "Asia/Seoul": "KR",
  "Asia/Singapore": "SG",
  "Asia/Taipei": "TW",
  "Asia/Tokyo": "JP",
  "Australia/Brisbane": "AU",
  "Australia/Melbourne": "AU",
  "Australia/Perth": "AU",
  "Australia/Sydney": "AU",
  "Europe/Amsterdam": "NL",
  "Europe/Athens": "GR",
  "Europe/Berlin": "DE",
  "Europe/Bratislava": "SK",
  "Europe/Brussels": "BE",
  "Europe/Bucharest": "RO",
  "Europe/Budapest": "HU",
  "Europe/Copenhagen": "DK",
  "Europe/Dublin": "IE",
  "Europe/Helsinki": "FI",
  "Europe/Istanbul": "TR",
  "Europe/Lisbon": "PT",
  "Europe/Ljubljana": "SI",
  "Europe/London": "GB",
  "Europe/Luxembourg": "LU",
  "Europe/Madrid": "ES",
  "Europe/Malta": "MT",
  "Europe/Oslo": "NO",
  "Europe/Paris": "FR",
  "Europe/Prague": "CZ",
  "Europe/Riga": "LV",
  "Europe/Rome": "IT",
  "Europe/Sofia": "BG",
  "Europe/Stockholm": "SE",
  "Europe/Tallinn": "EE",
  "Europe/Vienna": "AT",
  "Europe/Vilnius": "LT",
  "Europe/Warsaw": "PL",
  "Europe/Zagreb": "HR",
  "Europe/Zurich": "CH",
  "Pacific/Auckland": "NZ",
};

/**
 * What the shop itself tells of a seller that nobody has filled in: its name, and the country that its time zone lies
 * in. Shown in the fields and saved by a person only. Shopify tells more to apps that may read the shop's address; this
 * one does not ask for it.
 */
export function proposeSeller(
  { name, address, countryCode }: InvoiceSettings["seller"],
  shop: Pick<Shop, "name" | "timeZone">,
): TypedSettings {
  if (name !== "" || address.length > 0 || countryCode !== null) return {};
  const country = countryByZone[shop.timeZone];
  return { name: shop.name, ...(country && { countryCode: country }) };
}
