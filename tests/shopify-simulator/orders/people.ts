import type { IdSource } from "../ids.ts";
import { globalId } from "../ids.ts";
import type { Random } from "../random.ts";
import type { Address, Customer } from "./order-payload.ts";

const FIRST = [
  "Ada",
  "Bela",
  "Chidi",
  "Dana",
  "Emre",
  "Freya",
  "Goro",
  "Hana",
  "Inés",
  "Jonas",
  "Kaya",
  "Łukasz",
  "Zoë",
];
const LAST = [
  "Abbott",
  "Berg",
  "Costa",
  "Dietrich",
  "Eklund",
  "Farah",
  "Grant",
  "Haas",
  "Itō",
  "Jensen",
  "Kovács",
  "O’Neill",
];

type Place = readonly [
  city: string,
  zip: string,
  province: string | null,
  code: string | null,
  country: string,
  iso: string,
];

const PLACES: Record<"europe" | "america", readonly Place[]> = {
  europe: [
    ["Berlin", "10115", null, null, "Germany", "DE"],
    ["München", "80331", null, null, "Germany", "DE"],
    ["Köln", "50667", null, null, "Germany", "DE"],
    ["Wien", "1010", null, null, "Austria", "AT"],
    ["Lyon", "69001", null, null, "France", "FR"],
    ["Utrecht", "3511 AB", null, null, "Netherlands", "NL"],
  ],
  america: [
    ["Springfield", "97477", "Oregon", "OR", "United States", "US"],
    ["Riverton", "84065", "Utah", "UT", "United States", "US"],
    ["Fairview", "75069", "Texas", "TX", "United States", "US"],
    ["Brooklyn", "11201", "New York", "NY", "United States", "US"],
    ["Toronto", "M5H 2N2", "Ontario", "ON", "Canada", "CA"],
  ],
};

/** Addresses and phone numbers are made up, in ranges set aside for fiction. */
export function makeAddress(random: Random, currency: string): Address {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const american = currency === "USD" || currency === "CAD";
  const [city, zip, province, code, country, iso] = random.pick(PLACES[american ? "america" : "europe"]);
  const house = random.integer(1, 199);
  return {
    first_name: first,
    last_name: last,
    name: `${first} ${last}`,
    company: random.chance(0.15) ? `${last} & Partner` : null,
    address1: american ? `${house} Example Street` : `Beispielstraße ${house}`,
    address2: random.chance(0.2) ? "3rd floor" : null,
    city,
    zip,
    province,
    province_code: code,
    country,
    country_code: iso,
    phone: american ? `+1555010${random.integer(0, 9)}` : `+4930231250${random.integer(10, 99)}`,
    latitude: null,
    longitude: null,
  };
}

interface CustomerOf {
  address: Address;
  ids: IdSource;
  random: Random;
  currency: string;
  at: string;
}

export function makeCustomer({ address, ids, random, currency, at }: CustomerOf): Customer {
  const id = ids.next();
  const plain = (name: string | null) =>
    (name ?? "")
      .normalize("NFKD")
      .replace(/[^a-z]/gi, "")
      .toLowerCase();
  const email = `${plain(address.first_name)}.${plain(address.last_name)}${random.integer(1, 9999)}@example.com`;
  return {
    id,
    admin_graphql_api_id: globalId("Customer", id),
    created_at: at,
    updated_at: at,
    first_name: address.first_name,
    last_name: address.last_name,
    email,
    phone: null,
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    tax_exemptions: [],
    currency,
    default_address: {
      id: ids.next(),
      customer_id: id,
      ...address,
      country_name: address.country,
      default: true,
    },
  };
}
