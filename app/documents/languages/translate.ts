import type { Language } from "../document.ts";
import type { Catalogue, MessageKey, MessageValues } from "./catalogue.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";

/** Every language's words. */
export const catalogues: Record<Language, Catalogue> = { en, de, fr, es, it, nl, pl, ja };

/** A message without placeholders takes no values; one with them takes each. */
type Values<Key extends MessageKey> = keyof MessageValues<Key> extends never ? [] : [MessageValues<Key>];

/**
 * A document's word or sentence in a language: `translate("de", "page", { page: "1", pages: "2" })` →
 * `"Seite 1 von 2"`. Values are put in as they are; format them first (formats.ts).
 */
export function translate<Key extends MessageKey>(
  language: Language,
  key: Key,
  ...[values]: Values<Key>
): string {
  return fillIn(catalogues[language][key], values ?? {});
}

/** Puts values in the place of `{name}`; a name that has no value stays as it stands. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
