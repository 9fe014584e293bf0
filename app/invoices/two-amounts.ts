import { divideHalfUp } from "../taxes/round.ts";
import type { TwoAmounts } from "./bill.ts";

/** One amount as the buyer and as the shop see it, in minor units of their currencies. Never converted by us. */
export interface Both {
  presentment: bigint;
  shop: bigint;
}

export const nothing: Both = { presentment: 0n, shop: 0n };

export const add = (a: Both, b: Both): Both => ({
  presentment: a.presentment + b.presentment,
  shop: a.shop + b.shop,
});

export const subtract = (a: Both, b: Both): Both => add(a, negate(b));

export const negate = (a: Both): Both => ({ presentment: -a.presentment, shop: -a.shop });

export const sumOf = (amounts: Both[]): Both => amounts.reduce(add, nothing);

export const isNothing = (a: Both) => a.presentment === 0n && a.shop === 0n;

/** `part` of `whole`, each currency rounded half away from zero by itself. */
export const shareOf = (a: Both, part: bigint, whole: bigint): Both => ({
  presentment: divideHalfUp(a.presentment * part, whole),
  shop: divideHalfUp(a.shop * part, whole),
});

export const times = (a: Both, count: number): Both => ({
  presentment: a.presentment * BigInt(count),
  shop: a.shop * BigInt(count),
});

export const fromText = (a: TwoAmounts): Both => ({
  presentment: BigInt(a.presentment),
  shop: BigInt(a.shop),
});

export const toText = (a: Both): TwoAmounts => ({
  presentment: a.presentment.toString(),
  shop: a.shop.toString(),
});
