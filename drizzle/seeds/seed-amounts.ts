import { seedProducts } from "./seed-products.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A line as it stands now. Amounts are minor units; a made-up order stays far below 2^53 of them. */
export interface SeedLine {
  title: string;
  variantTitle: string | null;
  sku: string;
  quantity: number;
  currentQuantity: number;
  unitPrice: number;
  discount: number;
  tax: number;
  grams: number;
}

export interface SeedAmounts {
  currency: string;
  lines: SeedLine[];
  taxesIncluded: boolean;
  total: number;
  ordered: number;
  subtotal: number;
  tax: number;
  discount: number;
  shipping: number;
  presentmentCurrency: string;
  presentmentTotal: number;
}

type Refund = "none" | "part" | "all";

/** What one unit of the products' prices is worth, and the currency's decimals. */
const currencies: Record<string, { rate: number; exponent: number }> = {
  EUR: { rate: 1, exponent: 2 },
  USD: { rate: 1.1, exponent: 2 },
  GBP: { rate: 0.85, exponent: 2 },
  CHF: { rate: 0.95, exponent: 2 },
  JPY: { rate: 162, exponent: 0 },
  KWD: { rate: 0.335, exponent: 3 },
};
const foreign = ["USD", "EUR", "GBP", "JPY", "KWD", "CHF"];
const taxPercent = 19;

/** Lines and money of an order; what was refunded is already taken off what stands now. */
export function makeAmounts(random: SeededRandom, shopCurrency: string, refund: Refund): SeedAmounts {
  const currency = random.chance(0.95) ? shopCurrency : random.pick(foreign);
  const taxesIncluded = currency !== "USD";
  const discountShare = random.chance(0.15) ? random.pick([0.05, 0.1, 0.2]) : 0;
  const count = random.weighted(lineCounts);
  const lines = Array.from({ length: count }, () => makeLine(random, currency, discountShare));
  const shipping = random.chance(0.35) ? 0 : minorOf(random.pick([3.9, 4.9, 6.5, 12]), currency);
  const ordered = totalOf(lines, "quantity", shipping, taxesIncluded);

  if (refund === "all") for (const line of lines) line.currentQuantity = 0;
  const returned = refund === "part" ? lines.find((line) => line.quantity > 1 || count > 1) : undefined;
  if (returned) returned.currentQuantity -= 1;
  const kept = refund === "all" ? 0 : shipping;
  let total = totalOf(lines, "currentQuantity", kept, taxesIncluded);
  // A single piece that stays with the buyer: part of its price went back.
  if (refund === "part" && !returned) total -= Math.floor(ordered * random.pick([0.1, 0.25, 0.5]));

  const goods = sumOf(lines, (line) => netOf(line, "currentQuantity"));
  const tax = taxesIncluded
    ? Math.round((total * taxPercent) / (100 + taxPercent))
    : Math.round((goods * taxPercent) / 100);
  const presentmentCurrency = random.chance(0.97) ? currency : random.pick(foreign);
  return {
    currency,
    lines,
    taxesIncluded,
    total,
    ordered,
    subtotal: goods,
    tax,
    discount: sumOf(lines, (line) => discountOf(line, "currentQuantity")),
    shipping,
    presentmentCurrency,
    presentmentTotal: convert(total, currency, presentmentCurrency),
  };
}

const lineCounts = [
  [1, 48],
  [2, 26],
  [3, 13],
  [4, 7],
  [5, 4],
  [6, 2],
] as const;

function makeLine(random: SeededRandom, currency: string, discountShare: number): SeedLine {
  const { title, variants, sku, price, grams } = random.weighted(seedProducts);
  const variant = random.pick(variants);
  const quantity = random.chance(0.78) ? 1 : random.integer(2, 4);
  const unitPrice = minorOf(price, currency);
  const discount = Math.floor(unitPrice * discountShare) * quantity;
  return {
    title,
    variantTitle: variant || null,
    sku: variant ? `${sku}-${variant.replace(/[^A-Za-z0-9]/g, "").toUpperCase()}` : sku,
    quantity,
    currentQuantity: quantity,
    unitPrice,
    discount,
    tax: Math.round(((unitPrice * quantity - discount) * taxPercent) / (100 + taxPercent)),
    grams: grams * quantity,
  };
}

type Pieces = "quantity" | "currentQuantity";

const discountOf = (line: SeedLine, pieces: Pieces) => (line.discount / line.quantity) * line[pieces];
const netOf = (line: SeedLine, pieces: Pieces) => line.unitPrice * line[pieces] - discountOf(line, pieces);

function totalOf(lines: SeedLine[], pieces: Pieces, shipping: number, taxesIncluded: boolean): number {
  const goods = sumOf(lines, (line) => netOf(line, pieces));
  return goods + shipping + (taxesIncluded ? 0 : Math.round((goods * taxPercent) / 100));
}

const sumOf = (lines: SeedLine[], amountOf: (line: SeedLine) => number) =>
  lines.reduce((sum, line) => sum + amountOf(line), 0);

const moneyOf = (currency: string) => currencies[currency] ?? { rate: 1, exponent: 2 };

function minorOf(price: number, currency: string): number {
  const { rate, exponent } = moneyOf(currency);
  return Math.round(price * rate * 10 ** exponent);
}

function convert(minor: number, from: string, to: string): number {
  if (from === to) return minor;
  const [source, target] = [moneyOf(from), moneyOf(to)];
  return Math.round((minor / 10 ** source.exponent / source.rate) * target.rate * 10 ** target.exponent);
}
