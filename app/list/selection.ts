/** Which rows are ticked. Rows stay ticked when they scroll away or change. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Every row that the list's query matches, the ones not loaded included. */
  all: boolean;
  /** Where a range begins that Shift extends. */
  anchor: string | null;
}

export const nothingSelected: Selection = { ids: new Set(), all: false, anchor: null };

export const isSelected = ({ ids, all }: Selection, id: string): boolean => all || ids.has(id);

/** Taking one out of all leaves those that were ticked one by one. */
export function toggle({ ids, all }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id) && !all) next.add(id);
  return { ids: next, all: false, anchor: id };
}

/** Gives all rows from the anchor to `id` the state that `id` is about to get. */
export function toggleRange(selection: Selection, id: string, rows: readonly { id: string }[]): Selection {
  const from = rows.findIndex((row) => row.id === selection.anchor);
  const to = rows.findIndex((row) => row.id === id);
  if (from < 0 || to < 0) return toggle(selection, id);
  const ticked = !selection.ids.has(id);
  const ids = new Set(selection.ids);
  for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (ticked) ids.add(row.id);
    else ids.delete(row.id);
  }
  return { ids, all: false, anchor: id };
}

/** What the box in the head does: ticks all loaded rows, or none when all are. */
export function toggleAll(selection: Selection, rows: readonly { id: string }[]): Selection {
  if (howMany(selection, rows) === "all") return nothingSelected;
  const ids = new Set(selection.ids);
  for (const { id } of rows) ids.add(id);
  return { ids, all: false, anchor: null };
}

export function howMany({ ids, all }: Selection, rows: readonly { id: string }[]): "none" | "some" | "all" {
  if (all) return "all";
  if (ids.size === 0) return "none";
  return rows.every(({ id }) => ids.has(id)) ? "all" : "some";
}
