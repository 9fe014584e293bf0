import { z } from "zod";
import type { Cursor, SortColumn } from "./search-table.ts";

const keySchemas: Record<SortColumn["type"], z.ZodType<string>> = {
  // PostgreSQL knows no year zero. What has never happened sorts as the earliest instant of all.
  timestamptz: z
    .string()
    .datetime({ offset: true })
    .refine((text) => !text.startsWith("0000"))
    .or(z.literal("-infinity")),
  date: z
    .string()
    .date()
    .refine((text) => !text.startsWith("0000"))
    .or(z.literal("infinity")),
  bigint: z.string().regex(/^-?\d{1,18}$/),
  integer: z.string().regex(/^-?\d{1,9}$/),
  text: z
    .string()
    .max(200)
    .refine((text) => !text.includes("\0") && text.isWellFormed()),
};

/** Writes a cursor for an address. The id comes first, because a key may hold anything. */
export const formatCursor = ({ key, id }: Cursor): string => `${id}_${key}`;

/** @returns null for anything that is no cursor of this sort: a damaged link shows the first page */
export function parseCursor(text: string | null, { type }: SortColumn): Cursor | null {
  const [, id = "", key = ""] = /^([^_]*)_([\s\S]*)$/.exec(text ?? "") ?? [];
  return z.string().uuid().safeParse(id).success && keySchemas[type].safeParse(key).success
    ? { key, id }
    : null;
}
