import { z } from "zod";

/** A place in a list: the order at the edge of a page. */
export interface ListCursor {
  /** ISO 8601 with microseconds, as PostgreSQL wrote it. */
  createdAt: string;
  id: string;
}

const cursorSchema = z.tuple([z.string().datetime({ offset: true }), z.string().uuid()]);

/** Writes a cursor for an address. */
export function formatListCursor({ createdAt, id }: ListCursor): string {
  return `${createdAt}_${id}`;
}

/** @returns null for anything that is no cursor: a damaged link shows the first page */
export function parseListCursor(text: string | null): ListCursor | null {
  const parsed = cursorSchema.safeParse(text?.split("_"));
  return parsed.success ? { createdAt: parsed.data[0], id: parsed.data[1] } : null;
}
