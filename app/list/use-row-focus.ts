import { useRef, useState } from "react";
import { useBrowserLayoutEffect } from "./use-list-viewport.ts";

interface UseRowFocus {
  rows: readonly { id: string }[];
  scroller: { readonly current: HTMLDivElement | null };
  rowHeight(): number;
}

/** The id of a row's element. */
export const rowElementId = (id: string) => `row-${id}`;

const rowElement = (id: string) => document.getElementById(rowElementId(id));

/** The one row of the grid that the Tab key leads to, and the ways from it to others. */
export function useRowFocus({ rows, scroller, rowHeight }: UseRowFocus) {
  const [active, setActive] = useState<string | null>(null);
  const place = useRef(0);
  const wanted = useRef<string | null>(null);

  useBrowserLayoutEffect(() => {
    const index = active === null ? -1 : rows.findIndex(({ id }) => id === active);
    if (index >= 0) place.current = index;
    // The row that had the focus has left the list: the one in its place takes over.
    else if (active !== null) {
      const heir = rows[Math.min(place.current, rows.length - 1)];
      if (heir && document.activeElement === document.body) wanted.current = heir.id;
      setActive(heir?.id ?? null);
    }
  }, [rows, active]);

  useBrowserLayoutEffect(() => {
    const element = wanted.current && rowElement(wanted.current);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const focusAt = (index: number) => {
    const row = rows[index];
    const element = scroller.current;
    if (!row || !element) return;
    reveal(element, index, rowHeight());
    setActive(row.id);
    const drawn = rowElement(row.id);
    if (drawn) drawn.focus({ preventScroll: true });
    else wanted.current = row.id;
  };
  /** The active row's place; without one that which is the first in view. */
  const current = () => {
    const index = rows.findIndex(({ id }) => id === active);
    return index < 0 ? null : index;
  };
  const focusBy = (by: number) => {
    const from = current();
    const first = Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight());
    focusAt(from === null ? first : Math.max(0, Math.min(rows.length - 1, from + by)));
  };
  return { active, setActive, focusAt, focusBy, current };
}

/** Scrolls as little as it takes. The head lies over the top of the list, the rows begin below it. */
function reveal(scroller: HTMLDivElement, index: number, rowHeight: number): void {
  const head = scroller.querySelector<HTMLElement>("[role=rowgroup]")?.offsetHeight ?? 0;
  const top = index * rowHeight;
  const least = top + rowHeight - (scroller.clientHeight - head);
  if (scroller.scrollTop > top) scroller.scrollTop = top;
  else if (scroller.scrollTop < least) scroller.scrollTop = least;
}
