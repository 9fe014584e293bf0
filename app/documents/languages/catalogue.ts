import type { en } from "./en.ts";

/** A word or sentence that a document can print. */
export type MessageKey = keyof typeof en;

/** What a language's file must be: every key, and none besides. Placeholders are compared by a test. */
export type Catalogue = { readonly [Key in MessageKey]: string };

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The placeholders of a message, as English has them. */
export type MessageValues<Key extends MessageKey> = Record<Placeholders<(typeof en)[Key]>, string>;
