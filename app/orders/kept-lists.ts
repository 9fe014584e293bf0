import type { OrderList } from "./order-list-store.ts";

export interface KeptList {
  list: OrderList;
  scrollTop: number;
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

export const forgetList = (key: string): void => void keptLists.delete(key);
