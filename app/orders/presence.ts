import { z } from "zod";
import { type EditableField, editableFields, fieldLabels } from "./order.ts";

/** A tab says every so often that it is there; one that has been silent for longer than {@link seenForMs} is not. */
export const beatMs = 2_500;
export const seenForMs = 6_000;

/** What a tab says of itself. */
export const presenceReportSchema = z.object({
  tabId: z.string().uuid(),
  /** The field the person is in; null when they only look. A field of a newer page counts as looking. */
  field: z.enum(editableFields).nullable().catch(null),
  /** The tab closes or shows something else. */
  leaving: z.boolean().default(false),
});
export type PresenceReport = z.output<typeof presenceReportSchema>;

/** Somebody else who has the order open, once however many tabs they have. */
export interface OtherPerson {
  name: string;
  field: EditableField | null;
  /** It is the person who asks, in another tab. */
  isYou: boolean;
}

export const presenceAnswerSchema = z.object({
  others: z.array(
    z.object({ name: z.string(), field: z.enum(editableFields).nullable().catch(null), isYou: z.boolean() }),
  ),
});

/** Who is there and what they do, in a sentence without its full stop. */
export function describePresence({ name, field, isYou }: OtherPerson): string {
  if (isYou) {
    return field
      ? `You are editing ${fieldLabels[field]} in another tab`
      : "You have this open in another tab";
  }
  return field ? `${name} is editing ${fieldLabels[field]}` : `${name} has this open`;
}

/** Above this many, names give way to a number. */
const namedPeople = 3;

/** Everybody in a sentence or two: what each does while they are few, how many they are otherwise. */
export function describePresences(others: OtherPerson[]): string {
  if (others.length <= namedPeople) return others.map(describePresence).join(" · ");
  const [first, second] = others.map(({ name, isYou }) => (isYou ? "You in another tab" : name));
  return `${first}, ${second} and ${others.length - 2} others have this open`;
}

/** Two letters that stand for a name: of its first and last word, or of its only one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase("en");
}

/** Who is in a field, named for its badge; null when nobody is. */
export function describeField(others: OtherPerson[], field: EditableField): string | null {
  const here = others.filter((other) => other.field === field);
  const [first] = here;
  if (!first) return null;
  if (here.length > 1) return `${here.length} others are here`;
  return first.isYou ? "You are here in another tab" : `${first.name} is here`;
}
