import { z } from "zod";

const rate = z.number().min(0).max(1);
const count = z.number().int().min(0);

/** What can go wrong with a delivery. Rates are shares of deliveries, from 0 to 1. */
export const faultsSchema = z.object({
  duplicateRate: rate.default(0),
  dropRate: rate.default(0),
  /** Share of attempts that carry a wrong signature. */
  corruptRate: rate.default(0),
  delayMs: count.default(0),
  /** How many deliveries are collected and sent in random order; 0 or 1 leaves the order alone. */
  shuffleWindow: count.default(0),
});
export type Faults = z.infer<typeof faultsSchema>;

export const tokenKnobsSchema = z.object({
  lifetimeSeconds: z.number().int().positive().default(60),
  /** The next so many id tokens handed out have expired already. */
  nextExpired: count.default(0),
  accessTokenLifetimeSeconds: z.number().int().positive().default(3600),
});
export type TokenKnobs = z.infer<typeof tokenKnobsSchema>;

export const graphqlKnobsSchema = z.object({
  /** The next so many calls are answered THROTTLED (HTTP 200), 429 or 500. */
  nextThrottled: count.default(0),
  nextTooManyRequests: count.default(0),
  nextServerError: count.default(0),
  delayMs: count.default(0),
  maximumAvailable: z.number().positive().default(2000),
  restoreRate: z.number().positive().default(100),
  maxQueryCost: z.number().positive().default(1000),
});
export type GraphqlKnobs = z.infer<typeof graphqlKnobsSchema>;

export interface Knobs {
  faults: Faults;
  tokens: TokenKnobs;
  graphql: GraphqlKnobs;
}

export const defaultKnobs = (): Knobs => ({
  faults: faultsSchema.parse({}),
  tokens: tokenKnobsSchema.parse({}),
  graphql: graphqlKnobsSchema.parse({}),
});
