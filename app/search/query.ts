/** Where something stands in the text it was parsed from, in UTF-16 positions. */
export interface Place {
  start: number;
  end: number;
}

export type FieldMatch =
  /** Any of the values, compared without case and accents. */
  | { type: "keywords"; values: string[] }
  /** Every token begins a word of the field. */
  | { type: "words"; value: string }
  /** Decimal text; null is unbounded, `open` means that the bound itself is left out. */
  | { type: "number"; from: string | null; to: string | null; fromOpen: boolean; toOpen: boolean }
  /** Days in the shop's time zone, `yyyy-mm-dd`, both included; null is unbounded. */
  | { type: "day"; from: string | null; to: string | null }
  | { type: "flag" };

/** One condition of a query. */
export type Term = Place & { negated: boolean } & (
    | /** Every token begins a word of the record. */ { kind: "word"; value: string }
    | /** These characters stand in the record. */ { kind: "phrase"; value: string }
    | /** The record of exactly this name. */ { kind: "name"; value: string }
    | { kind: "field"; field: string; match: FieldMatch }
  );

/** All terms must hold. */
export interface Query {
  terms: Term[];
}

export const emptyQuery: Query = { terms: [] };
