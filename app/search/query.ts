/** A stretch of the text a query was parsed from. Offsets are UTF-16 positions, the end is exclusive. */
export interface Place {
  start: number;
  end: number;
}

/** One condition of a query. Offsets are UTF-16 positions in the text it was parsed from. */
export type Term = Place & { negated: boolean } & Condition;

export type Condition =
  /** A bare word: every token of it begins a word of the record. */
  | { kind: "word"; value: string }
  /** "Quoted": these characters stand in the record, case and accents aside. */
  | { kind: "phrase"; value: string }
  /** #1042: the record of exactly this name. The value comes without the #. */
  | { kind: "name"; value: string }
  | { kind: "field"; field: string; match: FieldMatch };

export type FieldMatch =
  /** status:shipped,pending – any of; values in lower case, unquoted. */
  | { type: "keywords"; values: string[] }
  /** customer:anna – every token begins a word of that field. */
  | { type: "words"; value: string }
  /** Bounds are decimal text; null is unbounded, open is strict. */
  | { type: "number"; from: string | null; to: string | null; fromOpen: boolean; toOpen: boolean }
  /** Days yyyy-mm-dd in the shop's time zone, both inclusive; null is unbounded. */
  | { type: "day"; from: string | null; to: string | null }
  /** is:test → field "test". */
  | { type: "flag" };

/** What a record must fulfil: all of the terms. */
export interface Query {
  terms: Term[];
}

export const emptyQuery: Query = { terms: [] };

/** A sentence: what is wrong and what would be right. */
export interface QueryError extends Place {
  message: string;
}

/** Faulty terms are left out of the query. */
export interface ParsedQuery {
  query: Query;
  errors: QueryError[];
}

export interface SearchField {
  name: string;
  label: string;
  kind: "keyword" | "words" | "number" | "money" | "day";
  /** The closed list of a keyword; without it a keyword takes anything. */
  values?: { value: string; label: string }[];
  example: string;
  description: string;
}

export interface SearchFlag {
  prefix: "is" | "has";
  value: string;
  label: string;
}

/** What can be searched for: each feature that has a list says it for its own records. */
export interface SearchVocabulary {
  fields: SearchField[];
  flags: SearchFlag[];
}
