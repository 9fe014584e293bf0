import { orderVocabulary } from "../../app/orders/order-vocabulary.ts";
import type { FieldMatch, Query, SearchVocabulary, Term } from "../../app/search/query.ts";
import type { SeededRandom } from "../../drizzle/seeds/seeded-random.ts";

/** What random queries are made of, so that many of them find something. */
export interface Material {
  /** Texts of orders; words, beginnings and phrases are cut out of them. */
  texts: string[];
  names: string[];
  tags: string[];
  customerIds: string[];
}

type Condition = Term extends infer One
  ? One extends Term
    ? Omit<One, "start" | "end" | "negated">
    : never
  : never;

/** A query of one to four conditions; places are left at zero, reading the written query gives them. */
export function randomQuery(
  random: SeededRandom,
  material: Material,
  vocabulary: SearchVocabulary = orderVocabulary,
): Query {
  const count = random.weighted([
    [1, 50],
    [2, 30],
    [3, 15],
    [4, 5],
  ]);
  const terms = Array.from({ length: count }, (): Term => {
    const place = { start: 0, end: 0, negated: random.chance(0.25) };
    return { ...place, ...randomCondition(random, material, vocabulary) };
  });
  return { terms };
}

function randomCondition(random: SeededRandom, material: Material, vocabulary: SearchVocabulary): Condition {
  switch (random.weighted(kinds)) {
    case "word":
      return { kind: "word", value: word(random, material) };
    case "phrase":
      return { kind: "phrase", value: phrase(random, material) };
    case "name":
      return { kind: "name", value: random.pick(material.names).replace(/^#/, "") };
    case "field": {
      const field = random.pick(vocabulary.fields);
      return { kind: "field", field: field.name, match: randomMatch(random, material, field) };
    }
    case "flag":
      return { kind: "field", field: random.pick(vocabulary.flags).value, match: { type: "flag" } };
  }
}

const kinds = [
  ["word", 20],
  ["phrase", 12],
  ["name", 5],
  ["field", 50],
  ["flag", 13],
] as const;

/** A word as somebody types it: bare, so that it cannot be taken for something else. */
function word(random: SeededRandom, { texts }: Material): string {
  const words = random
    .pick(texts)
    .split(/[\s:"“”„#,]+/)
    .filter((one) => /^[\p{L}\p{N}]/u.test(one));
  const chosen = words.length > 0 ? random.pick(words) : "linen";
  if (["AND", "OR", "NOT"].includes(chosen)) return "and";
  return recased(random, shortened(random, chosen));
}

function shortened(random: SeededRandom, text: string): string {
  const letters = [...text];
  return random.chance(0.5) ? text : letters.slice(0, random.integer(1, letters.length)).join("");
}

const recased = (random: SeededRandom, text: string) =>
  random.chance(0.2) ? text.toUpperCase() : random.chance(0.1) ? text.normalize("NFD") : text;

function phrase(random: SeededRandom, { texts }: Material): string {
  for (;;) {
    // Of one line: what stands in two parts of an order is no phrase of it.
    const letters = [...random.pick(random.pick(texts).split("\n"))];
    const start = random.integer(0, Math.max(0, letters.length - 3));
    const cut = letters
      .slice(start, start + random.integer(3, 18))
      .join("")
      .trim();
    if ([...cut].length >= 3) return recased(random, cut);
  }
}

function randomMatch(
  random: SeededRandom,
  material: Material,
  { name, kind, values }: (typeof orderVocabulary.fields)[number],
): FieldMatch {
  switch (kind) {
    case "words": {
      const value = random.chance(0.3)
        ? `${word(random, material)} ${word(random, material)}`
        : word(random, material);
      return { type: "words", value: value.trim() };
    }
    case "day":
      return { type: "day", ...range(random, () => randomDay(random)) };
    case "number":
      return { type: "number", ...range(random, () => String(random.integer(0, 9))), ...open(random) };
    case "money":
      return { type: "number", ...range(random, () => randomAmount(random)), ...open(random) };
    case "keyword": {
      const known = values?.map(({ value }) => value) ?? openValues(name, material);
      const chosen = Array.from({ length: random.integer(1, 3) }, () => random.pick(known).toLowerCase());
      return { type: "keywords", values: [...new Set(chosen)] };
    }
  }
}

function openValues(field: string, { tags, customerIds }: Material): string[] {
  const others: Record<string, string[]> = {
    tag: tags,
    customer_id: customerIds,
    country: ["de", "at", "fr", "jp", "xx"],
    currency: ["eur", "usd", "jpy", "kwd", "chf"],
    source: ["web", "pos", "none", "shopify_draft_order"],
  };
  return others[field] ?? ["none"];
}

/** In order, so that the grammar has nothing to say against it. */
function range(random: SeededRandom, value: () => string): { from: string | null; to: string | null } {
  const [a, b] = [value(), value()].sort((left, right) =>
    /^\d+-/.test(left) ? (left < right ? -1 : 1) : Number(left) - Number(right),
  );
  return random.weighted([
    [{ from: a ?? null, to: b ?? null }, 2],
    [{ from: a ?? null, to: null }, 1],
    [{ from: null, to: b ?? null }, 1],
    [{ from: a ?? null, to: a ?? null }, 1],
  ]);
}

const open = (random: SeededRandom) => ({ fromOpen: random.chance(0.2), toOpen: random.chance(0.2) });

function randomAmount(random: SeededRandom): string {
  const whole = random.chance(0.05) ? random.integer(-5, 0) : random.integer(0, 200);
  const amount = whole + (random.chance(0.5) ? random.integer(0, 999) / 1000 : 0);
  return String(Math.round(amount * 1000) / 1000);
}

function randomDay(random: SeededRandom): string {
  const start = Date.UTC(2023, 10, 1);
  return new Date(start + random.integer(0, 1_130) * 86_400_000).toISOString().slice(0, 10);
}
