import type { OrderList } from "./order-list-store.ts";

export interface KeptList {
  list: OrderList;
  scrollTop: number;
  /** The query of its address. */
  search: string;
}

/** So many lists are remembered: enough for going back, little enough for the memory. */
const mostKept = 4;

const keptLists = new Map<string, KeptList>();

/** Remembers, in this tab, what was loaded of a list and where one was in it. Only a browser may call it. */
export function keepList(key: string, kept: KeptList): void {
  keptLists.delete(key);
  keptLists.set(key, kept);
  const [oldest] = keptLists.keys();
  if (keptLists.size > mostKept && oldest !== undefined) keptLists.delete(oldest);
}

export const findKeptList = (key: string): KeptList | null => keptLists.get(key) ?? null;

/** The list that was left last, which is the one an order's page was opened from if it holds that order. */
export function findListAround(orderId: string): {
  search: string;
  previous: string | undefined;
  next: string | undefined;
} | null {
  const kept = [...keptLists.values()].at(-1);
  const place = kept?.list.rows.findIndex(({ id }) => id === orderId) ?? -1;
  if (!kept || place < 0) return null;
  const { rows } = kept.list;
  return { search: kept.search, previous: rows[place - 1]?.id, next: rows[place + 1]?.id };
}
