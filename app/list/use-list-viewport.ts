import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { ListRow } from "./list-kind.ts";
import type { LoadedList } from "./list-store.ts";

/** The height of a row in rem; styles.css says the same as `--row-height`. That of a card is its list's own. */
const rowRem = 2.75;

/** Row nodes in the document at most, the head and a focused row included: 60. */
const mostRows = 56;

/** Rows drawn beyond what is visible, on each side. */
const overscan = 6;

/** On the server there is no layout, and React says so at every render. */
export const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

interface UseListViewport {
  list: LoadedList<ListRow>;
  scroller: { readonly current: HTMLDivElement | null };
  /** Where there is room for cards only: the height of one, in rem. */
  cardRem: number;
  narrow: boolean | null;
  /** The row that has the focus: it stays in the document wherever it is scrolled to. */
  focused: string | null;
  scrollTop: number;
}

/** Which rows are drawn. Rows that come and go above what somebody reads leave it in its place. */
export function useListViewport({ list, scroller, cardRem, narrow, focused, scrollTop }: UseListViewport) {
  const { rows } = list;
  const rem = useRef(16);
  const rowHeight = rem.current * (narrow ? cardRem : rowRem);
  const focusedIndex = focused === null ? -1 : rows.findIndex(({ id }) => id === focused);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    initialOffset: scrollTop,
    rangeExtractor: useCallback((range: Range) => extract(range, focusedIndex), [focusedIndex]),
    useFlushSync: false,
  });

  useBrowserLayoutEffect(() => {
    rem.current = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    if (scrollTop > 0 && scroller.current) scroller.current.scrollTop = scrollTop;
  }, []);
  useBrowserLayoutEffect(() => virtualizer.measure(), [rowHeight]);

  const shown = useRef(list);
  useBrowserLayoutEffect(() => {
    const before = shown.current;
    shown.current = list;
    const element = scroller.current;
    if (!element || before.rows === list.rows) return;
    // A place behind the last row: the list is seen from its end.
    if (before.rows.length === 0 && before.before) {
      element.scrollTop = element.scrollHeight;
      return;
    }
    // At the list's own top what is new is meant to be seen.
    if (element.scrollTop <= 1 && before.before === null) return;
    const moved = movedBy(before, list, Math.floor(element.scrollTop / rowHeight));
    if (moved === 0) return;
    element.scrollTop += moved * rowHeight;
    // The event itself comes a frame too late: until then other rows would stand there.
    element.dispatchEvent(new Event("scroll"));
  }, [list, rowHeight]);

  const drawn = virtualizer.getVirtualItems().map(({ index }) => index);
  const first = Math.floor(scrollTop / rowHeight);
  return {
    rowHeight,
    range: virtualizer.range,
    /** Before anything is measured: the rows that the server has drawn. */
    indexes: drawn.length > 0 ? drawn : indexesFrom(first, Math.min(rows.length, first + 50)),
  };
}

function extract(range: Range, focusedIndex: number): number[] {
  const indexes = defaultRangeExtractor(range).slice(0, mostRows);
  const [first = 0, last = 0] = [indexes[0], indexes.at(-1)];
  if (focusedIndex < 0 || focusedIndex >= range.count || (focusedIndex >= first && focusedIndex <= last))
    return indexes;
  return focusedIndex < first ? [focusedIndex, ...indexes] : [...indexes, focusedIndex];
}

const indexesFrom = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** By how many rows the first visible row that is still there has moved. */
function movedBy(before: LoadedList<ListRow>, now: LoadedList<ListRow>, firstVisible: number): number {
  const places = new Map(now.rows.map(({ id }, index) => [id, index]));
  for (let index = firstVisible; index < before.rows.length; index += 1) {
    const place = places.get(before.rows[index]?.id ?? "");
    if (place !== undefined) return place - index;
  }
  return 0;
}
