import type { ListRow } from "./list-kind.ts";
import type { LoadedList } from "./list-store.ts";

export interface KeptList<Row extends ListRow> {
  list: LoadedList<Row>;
  scrollTop: number;
  /** The query of its address. */
  search: string;
}

/** So many lists are remembered: enough for going back, little enough for the memory. */
const mostKept = 4;

/** By path, and under it by the list's own key. */
interface Entry {
  path: string;
  key: string;
  kept: KeptList<ListRow>;
}

let entries: readonly Entry[] = [];

/**
 * Remembers, in this tab, what was loaded of a list and where one was in it. Only a browser may call it.
 * @param path of the list's kind: lists of one path have rows of one type
 */
export function keepList<Row extends ListRow>(path: string, key: string, kept: KeptList<Row>): void {
  const others = entries.filter((entry) => entry.path !== path || entry.key !== key);
  entries = [...others, { path, key, kept }].slice(-mostKept);
}

/** @returns the list that was kept under the same path and key */
export function findKeptList<Row extends ListRow>(path: string, key: string): KeptList<Row> | null {
  const found = entries.find((entry) => entry.path === path && entry.key === key);
  return found ? (found.kept as KeptList<Row>) : null;
}

/** The list of a path that was left last, which is the one a row's page was opened from if it holds that row. */
export function findListAround(
  path: string,
  id: string,
): { search: string; previous: string | undefined; next: string | undefined } | null {
  const kept = entries.filter((entry) => entry.path === path).at(-1)?.kept;
  const place = kept?.list.rows.findIndex((row) => row.id === id) ?? -1;
  if (!kept || place < 0) return null;
  const { rows } = kept.list;
  return { search: kept.search, previous: rows[place - 1]?.id, next: rows[place + 1]?.id };
}
