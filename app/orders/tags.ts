import { z } from "zod";
import { normaliseText } from "./order.ts";

/** Shopify's own limit for a tag of an order. */
const longestTag = 40;

/** One tag as a merchant types it. A comma ends a tag at Shopify, so none can hold one. */
export const tagSchema = z
  .string()
  .transform((text) => normaliseText(text.replaceAll(/\s+/g, " ")) ?? "")
  .refine((tag) => tag !== "", "Write a tag.")
  .refine((tag) => [...tag].length <= longestTag, `A tag can have at most ${longestTag} characters.`)
  .refine((tag) => !tag.includes(","), "A tag cannot contain a comma.");

/** Shopify compares tags without regard to case. */
const keyOf = (tag: string) => tag.toLowerCase();

export const hasTag = (tags: readonly string[], tag: string): boolean =>
  tags.some((one) => keyOf(one) === keyOf(tag));

/** Each tag once, as it was spelled first. */
export const uniqueTags = (tags: readonly string[]): string[] =>
  tags.filter((tag, index) => !hasTag(tags.slice(0, index), tag));

export const addTag = (tags: readonly string[], tag: string): string[] =>
  hasTag(tags, tag) ? [...tags] : [...tags, tag];

export const removeTag = (tags: readonly string[], tag: string): string[] =>
  tags.filter((one) => keyOf(one) !== keyOf(tag));

/** The same tags, in whatever order and spelling. */
export const sameTags = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((tag) => hasTag(right, tag));

/**
 * The three-way merge of tags, as sets: theirs, without what we removed, and with what we added. Nothing can
 * conflict. A side that says nothing new leaves the other's list as it is, its order and spelling included.
 */
export function mergeTags(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] {
  if (sameTags(theirs, base)) return [...ours];
  const removed = base.filter((tag) => !hasTag(ours, tag));
  const added = ours.filter((tag) => !hasTag(base, tag));
  const merged = uniqueTags([...theirs.filter((tag) => !hasTag(removed, tag)), ...added]);
  return sameTags(merged, ours) ? [...ours] : merged;
}
