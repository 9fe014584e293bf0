import type { Money, MoneySet } from "./order-payload.ts";

/** One amount in both of an order's currencies, in minor units: what shop and buyer see is never derived twice. */
export interface Amount {
  shop: number;
  presentment: number;
}

export interface Currencies {
  shop: string;
  presentment: string;
}

const EXPONENTS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, ISK: 0, KWD: 3, BHD: 3, JOD: 3, TND: 3 };

export const currencyExponent = (currency: string) => EXPONENTS[currency] ?? 2;

export function formatMinor(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const sign = minor < 0 ? "-" : "";
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  return exponent === 0
    ? sign + digits
    : `${sign}${digits.slice(0, -exponent)}.${digits.slice(digits.length - exponent)}`;
}

/** Reads a decimal string without going through a float. */
export function parseMinor(text: string, currency: string): number {
  const exponent = currencyExponent(currency);
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const minor = Number(whole + fraction.padEnd(exponent, "0").slice(0, exponent));
  return text.startsWith("-") ? -minor : minor;
}

const toMoney = (minor: number, currency: string): Money => ({
  amount: formatMinor(minor, currency),
  currency_code: currency,
});

export const toMoneySet = (amount: Amount, currencies: Currencies): MoneySet => ({
  shop_money: toMoney(amount.shop, currencies.shop),
  presentment_money: toMoney(amount.presentment, currencies.presentment),
});

export const fromMoneySet = ({ shop_money, presentment_money }: MoneySet): Amount => ({
  shop: parseMinor(shop_money.amount, shop_money.currency_code),
  presentment: parseMinor(presentment_money.amount, presentment_money.currency_code),
});

export const nothing: Amount = { shop: 0, presentment: 0 };

export const mapAmount = (amount: Amount, change: (minor: number) => number): Amount => ({
  shop: change(amount.shop),
  presentment: change(amount.presentment),
});

export const sum = (amounts: Amount[]): Amount =>
  amounts.reduce(
    (total, one) => ({ shop: total.shop + one.shop, presentment: total.presentment + one.presentment }),
    nothing,
  );

export const subtract = (from: Amount, amount: Amount): Amount => ({
  shop: from.shop - amount.shop,
  presentment: from.presentment - amount.presentment,
});

/** `part` of `whole`, rounded half up: a discount on 2 of 3 items, a percentage, … */
export const share = (amount: Amount, part: number, whole: number): Amount =>
  whole === 0 ? nothing : mapAmount(amount, (minor) => Math.round((minor * part) / whole));

/** Shop money as buyers in another currency see it. Fixed rates: what matters is that the two never match. */
const RATES: Record<string, number> = { EUR: 1, USD: 1.08, JPY: 162.4, GBP: 0.86, CHF: 0.95 };

export function convertMinor(minor: number, from: string, to: string): number {
  if (from === to) return minor;
  const rate = (RATES[to] ?? 1) / (RATES[from] ?? 1);
  return Math.round(minor * rate * 10 ** (currencyExponent(to) - currencyExponent(from)));
}
