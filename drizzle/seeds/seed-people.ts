import type { StoredAddress } from "../schema/orders.ts";
import { type SeededRandom, seededRandom, timeOrderedId } from "./seeded-random.ts";

const words = (text: string) => text.trim().split(/\s+/);

const firstNames = words(`
  Ada Anna Bela Ben Chidi Clara Dana David Elif Emma Emre Finn Freya Goro Greta Hana Henrik Inés Ivan
  Jonas Jule Kaya Kofi Lars Lea Łukasz Mara Mia Noah Nora Olga Oskar Paula Quentin Rosa Samir Sofia Tom
  Uma Vera Wim Xenia Yara Zoë 花子 太郎 أمينة يوسف שרה Дмитрий`);
const lastNames = words(`
  Abbott Andersen Bauer Berg Blanc Costa Cruz Dietrich Duval Eklund Ekwueme Farah Fischer Fontaine García
  Grant Haas Hansen Itō Jensen Jóhannsdóttir Keller Kovács Kowalski Lang Lefèvre Lindqvist Martin Meyer
  Müller Nakamura Novák Nowak O’Neill Okafor Olsen Papadopoulos Petrov Quist Reyes Rossi Sato Schäfer
  Schmidt Silva Smith Sørensen Tanaka Thompson Tóth Ueda Vasquez Weiß Wójcik Yılmaz Zimmermann 山田 佐藤
  الهاشمي כהן Иванов`);

type Place = readonly [city: string, zip: string, country: string, code: string, street: string];

const places: readonly (readonly [Place, number])[] = [
  [["Berlin", "10115", "Germany", "DE", "Beispielstraße"], 24],
  [["München", "80331", "Germany", "DE", "Lindenweg"], 14],
  [["Köln", "50667", "Germany", "DE", "Am Hafen"], 10],
  [["Wien", "1010", "Austria", "AT", "Mustergasse"], 9],
  [["Zürich", "8001", "Switzerland", "CH", "Beispielweg"], 6],
  [["Lyon", "69001", "France", "FR", "rue de l'Exemple"], 9],
  [["Utrecht", "3511 AB", "Netherlands", "NL", "Voorbeeldlaan"], 6],
  [["København", "1050", "Denmark", "DK", "Eksempelvej"], 4],
  [["Kraków", "30-001", "Poland", "PL", "ul. Przykładowa"], 4],
  [["London", "EC1A 1BB", "United Kingdom", "GB", "Example Road"], 5],
  [["Brooklyn", "11201", "United States", "US", "Example Street"], 4],
  [["東京", "100-0001", "Japan", "JP", "千代田"], 2],
  [["الكويت", "13001", "Kuwait", "KW", "شارع المثال"], 1],
  [["Reykjavík", "101", "Iceland", "IS", "Dæmigata"], 0.2],
];

/** A made-up person. The e-mail and phone ranges are set aside for examples. */
export interface SeedPerson {
  first: string | null;
  last: string | null;
  email: string | null;
  phone: string | null;
  address: StoredAddress;
}

export function makePerson(random: SeededRandom, number: number): SeedPerson {
  const first = random.chance(0.02) ? null : random.pick(firstNames);
  const last = random.pick(lastNames);
  const [city, zip, country, countryCode, street] = random.weighted(places);
  const plain = `${first ?? ""}.${last}`.normalize("NFKD").replace(/[^a-z.]/gi, "");
  const phone = random.chance(0.3) ? `+493023125${String(random.integer(0, 999)).padStart(3, "0")}` : null;
  return {
    first,
    last,
    email: random.chance(0.96) ? `${plain.toLowerCase()}${number}@example.com` : null,
    phone,
    address: {
      name: [first, last].filter(Boolean).join(" "),
      company: random.chance(0.08) ? `${last} & Partner` : null,
      address1: `${street} ${random.integer(1, 199)}`,
      address2: random.chance(0.15) ? "3rd floor" : null,
      zip,
      city,
      province: null,
      country,
      countryCode,
      phone,
    },
  };
}

export interface SeedCustomer extends SeedPerson {
  id: string;
  shopifyCustomerId: number;
  note: string | null;
  createdAtMs: number;
  erased: boolean;
}

/** Above every id that Shopify or its simulator gives out, and still exact in a double. */
const firstCustomerId = 8_000_000_000_000_000;

/**
 * The customer of a number, made anew each time it is asked for: remembering a third of a million would cost
 * more than making a person does.
 */
export function makeCustomer(seed: number, number: number, createdAtMs: number): SeedCustomer {
  const random = seededRandom(seed, number, 1);
  const id = timeOrderedId(createdAtMs, random);
  const erased = random.chance(0.0005);
  const person = makePerson(random, number);
  const note = random.chance(0.05) ? random.pick(customerNotes) : null;
  const known = { ...person, id, shopifyCustomerId: firstCustomerId + number, note, createdAtMs, erased };
  return erased ? { ...known, ...nobody, note: null } : known;
}

const customerNotes = [
  "Pays by invoice, always on time.",
  "Prefers e-mail.",
  "Ask for Frau Weiß in the office.",
  "Returns often; check sizes before shipping.",
  "常連のお客様",
];

const nobody: SeedPerson = {
  first: null,
  last: null,
  email: null,
  phone: null,
  address: {
    name: null,
    company: null,
    address1: null,
    address2: null,
    zip: null,
    city: null,
    province: null,
    country: null,
    countryCode: null,
    phone: null,
  },
};
