import { z } from "zod";
import type { Node } from "./resolve-field.ts";

const cursorSchema = z.object({ last_id: z.string(), last_value: z.string() });

export const pageArguments = z.object({
  first: z.number().int().min(0).nullish(),
  last: z.number().int().min(0).nullish(),
  after: z.string().nullish(),
  before: z.string().nullish(),
  reverse: z.boolean().nullish(),
});

export interface Entry {
  id: bigint;
  /** The value sorted by, as text of fixed width or ISO time: text order is then the order. */
  sortValue: string;
  node: () => Node;
}

const encodeCursor = (entry: Entry) =>
  Buffer.from(JSON.stringify({ last_id: String(entry.id), last_value: entry.sortValue })).toString("base64");

const decodeCursor = (cursor: string) => {
  const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(cursor, "base64").toString() || "null"));
  if (!parsed.success) throw new Error("Invalid cursor for current pagination sort.");
  return { id: BigInt(parsed.data.last_id), sortValue: parsed.data.last_value };
};

type Position = Pick<Entry, "id" | "sortValue">;

const compare = (left: Position, right: Position) => {
  if (left.sortValue !== right.sortValue) return left.sortValue < right.sortValue ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
};

/**
 * A page of a connection. Cursors hold a position (value and id), not an index: a row that changes between two
 * pages moves, as in production, and a reader that cannot bear that fails here too.
 */
export function connection(entries: Entry[], args: unknown): Node {
  const { first, last, after, before, reverse } = pageArguments.parse(args);
  if (first == null && last == null) throw new Error("you must provide one of first or last");
  if ((first ?? last ?? 0) > 250) throw new Error("first and last must be at most 250");
  const direction = reverse ? -1 : 1;
  const sorted = entries.toSorted((left, right) => direction * compare(left, right));
  const start = after ? decodeCursor(after) : null;
  const end = before ? decodeCursor(before) : null;
  const between = sorted.filter(
    (entry) =>
      (!start || direction * compare(entry, start) > 0) && (!end || direction * compare(entry, end) < 0),
  );
  const page = first != null ? between.slice(0, first) : between.slice(-(last ?? 0));
  const [head] = page;
  const tail = page.at(-1);
  return {
    nodes: () => page.map((entry) => entry.node()),
    edges: () => page.map((entry) => ({ cursor: encodeCursor(entry), node: entry.node })),
    pageInfo: {
      hasNextPage: tail !== undefined && tail !== sorted.at(-1),
      hasPreviousPage: head !== undefined && head !== sorted[0],
      startCursor: head ? encodeCursor(head) : null,
      endCursor: tail ? encodeCursor(tail) : null,
    },
  };
}

/** A connection over things that keep their own order, such as an order's lines. */
export const listConnection = (nodes: Node[]) => (args: unknown) =>
  connection(
    nodes.map((node, at) => ({ id: BigInt(at), sortValue: String(at).padStart(6, "0"), node: () => node })),
    args,
  );
