import { type SeededRandom, seededRandom } from "../../drizzle/seeds/seeded-random.ts";

/** Addresses of lists full of garbage: for the flow test, and for the chaos run. */

const scraps = [
  "",
  "status:",
  "status:shipped",
  "-",
  "NOT",
  '"',
  '"green tea"',
  "total:>=",
  "total:99999999999999999999..1e9",
  "total:-92233720368547758.08",
  "items:>=2147483648",
  "items:-9999999999",
  "created:2026-02-30",
  "created:0001-01-01..9999-12-31",
  "created:294277-01-01",
  "created:0000-01-01",
  "updated:>0000-12",
  "created:9999-12",
  "created:-999999d",
  "updated:..today",
  "issued:0001-01-01..9999-12-31",
  "due:>0000-12",
  "due:<today",
  "number:--",
  "kind:credit_note,invoice",
  "customer_id:99999999999999999999999",
  "tag:'",
  "tag:\\",
  'tag:"a\\"b"',
  "note:!&|():*<->",
  "100%_\\",
  "#",
  "#'; drop table orders --",
  "\0",
  "\ud800",
  "\u202e",
  "🐕‍🦺",
  "ﬁ½™İ",
  "constructor:__proto__",
  "__proto__",
  "has:constructor",
  "is:toString",
  "a".repeat(3_000),
  "x ".repeat(200),
];
const keys = [
  "",
  "_",
  "2026-01-01T00:00:00Z",
  "2026-01-01",
  "2026-02-30",
  "0001-01-01",
  "9999-99-99T99:99:99Z",
  "0000-01-01T00:00:00Z",
  "2026-01-01T00:00:00.123456+14:00",
  "999999999999999999",
  "-1",
  "1.5",
  "NaN",
  "infinity",
  "\0",
  "𝔘",
  "a".repeat(199),
  "'",
];
const words = [
  "created",
  "updated",
  "total",
  "customer",
  "issued",
  "due",
  "number",
  "buyer",
  "constructor",
  "toString",
  "__proto__",
  "asc",
  "desc",
];

/** Anything for a parameter: what it may be, what it nearly may be, and noise. */
function anything(random: SeededRandom, name: string, anId: string): string {
  const noise = () =>
    String.fromCharCode(...Array.from({ length: random.integer(0, 12) }, () => random.integer(0, 0xffff)));
  if (random.chance(0.15)) return noise();
  switch (name) {
    case "q":
      return Array.from({ length: random.integer(1, 4) }, () =>
        random.chance(0.2) ? noise() : random.pick(scraps),
      ).join(random.pick([" ", "", ":", ",", " OR "]));
    case "sort":
      return `${random.pick(words)}${random.pick(["-", "", "--", "_"])}${random.pick(words)}`;
    case "after":
    case "before":
      return `${random.pick([anId, anId, "", "x", "00000000-0000-0000-0000-000000000000"])}_${random.pick(keys)}`;
    case "at":
      return random.pick([
        "2026-11-01",
        "2026-02-29",
        "0000-00-00",
        "0000-01-01",
        "9999-12-31",
        "0001-01-01",
        "275760-09-13",
        "today",
      ]);
    case "ids":
      return Array.from({ length: random.integer(1, 3) }, () =>
        random.pick([anId, anId, `order.${anId}`, "order.", "order.order.x", "x", ""]),
      ).join(",");
    case "columns":
      return Array.from({ length: random.integer(1, 5) }, () =>
        random.pick([...words, "status", "note", ""]),
      ).join(",");
    default:
      return random.pick([anId, "all", "review", "none", "../x", ...words]);
  }
}

const parameters = ["q", "sort", "after", "before", "at", "columns", "view", "ids", "limit"];

/** The lists, and where a list on screen asks for its rows. */
const lists = ["orders", "customers", "invoices"];

/**
 * The address of a list, or of its rows.
 * @param anId an order that is there
 */
export function garbageAddress(seed: number, anId: string): string {
  const random = seededRandom(97, seed);
  const search = new URLSearchParams();
  for (const name of parameters) {
    if (random.chance(name === "q" || name === "sort" ? 0.7 : 0.4))
      search.append(name, anything(random, name, anId));
    if (random.chance(0.05)) search.append(name, anything(random, name, anId));
  }
  const list = random.pick(lists);
  if (random.chance(0.3)) return `/app/${list}/rows?${search}`;
  if (random.chance(0.5)) search.append("_data", `routes/app.${list}`);
  return `/app/${list}?${search}`;
}
