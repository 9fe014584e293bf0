import { useLocation, useNavigate } from "@remix-run/react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { SearchAddress } from "../search/list-address.ts";
import { isAtTop } from "../ui/at-top.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import type { RowActions } from "./grid-row.tsx";
import { findKeptList, keepList } from "./kept-lists.ts";
import type { ListKind, ListPage, ListRow } from "./list-kind.ts";
import { rowSource } from "./list-rows.ts";
import { onGridKey } from "./on-grid-key.ts";
import { nothingSelected, toggle, toggleRange } from "./selection.ts";
import { useBrowserLayoutEffect, useListViewport } from "./use-list-viewport.ts";
import { useLoadedRows } from "./use-loaded-rows.ts";
import { useNarrow } from "./use-narrow.ts";
import { useRowFocus } from "./use-row-focus.ts";

export interface ListGridTerms<Row extends ListRow, Sort extends string, Column extends string> {
  kind: ListKind<Row, Sort, Column>;
  /** Names the list among those of its kind, whatever columns it is shown with. */
  listKey: string;
  address: SearchAddress<Sort, Column>;
  /** The loader's page. The same object as long as nothing has been read. */
  page: ListPage<Row>;
  columns: readonly Column[];
  /** The query of the list's address. */
  listQuery: string;
}

/**
 * Everything that a grid remembers and does; see list-grid.tsx.
 * @returns what ListGrid draws, and for its owner: `list.rows` as they were read, `refresh(ids)` to read rows again,
 * `focusAt(index)` to give a row the focus
 */
export function useListGrid<Row extends ListRow, Sort extends string, Column extends string>(
  terms: ListGridTerms<Row, Sort, Column>,
) {
  const { kind, listKey, address, page, listQuery } = terms;
  const location = useLocation();
  const navigate = useNavigate();
  const [kept] = useState(() => (isAtTop(location.state) ? null : findKeptList<Row>(kind.path, listKey)));
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTop = useRef(kept?.scrollTop ?? 0);
  const narrow = useNarrow();
  const [selection, setSelection] = useState(nothingSelected);

  const { list, dispatch, edges, loadMore, refresh, noteVisible } = useLoadedRows<Row>({
    keyType: kind.sorts[address.sort].type,
    direction: address.direction,
    source: useMemo(() => rowSource(kind, address), [kind, address]),
    page,
    kept: kept?.list ?? null,
    heard: kind.heard,
    isAway: () => scrollTop.current > 1,
  });
  const height = useRef(44);
  const rowFocus = useRowFocus({ rows: list.rows, scroller, rowHeight: () => height.current });
  const viewport = useListViewport({
    list,
    scroller,
    cardRem: kind.card.rem,
    narrow,
    focused: rowFocus.active,
    scrollTop: kept?.scrollTop ?? 0,
  });
  const { range, rowHeight } = viewport;
  useBrowserLayoutEffect(() => {
    height.current = rowHeight;
  });

  useEffect(() => {
    if (list.rows.length === 0) noteVisible(0, 0, 0);
    else if (range) noteVisible(range.startIndex, range.endIndex, list.rows.length);
  }, [range, list.rows.length, noteVisible]);

  const newest = useRef({ list, search: listQuery });
  useEffect(() => {
    newest.current = { list, search: listQuery };
  });
  useEffect(
    () => () => keepList(kind.path, listKey, { ...newest.current, scrollTop: scrollTop.current }),
    [kind.path, listKey],
  );

  const toTop = () => {
    if (newest.current.list.held.length > 0) dispatch({ type: "released" });
    scroller.current?.scrollTo({ top: 0 });
    scrollTop.current = 0;
  };
  // A link that opens the list which is open already leads to its top.
  const openedAt = useRef(location.key);
  useEffect(() => {
    if (openedAt.current === location.key) return;
    openedAt.current = location.key;
    if (isAtTop(location.state)) toTop();
  });

  const current = () => list.rows[rowFocus.current() ?? -1] ?? null;
  const open = () => {
    const row = current();
    if (row) navigate(`${kind.path}/${row.id}`);
  };
  useShortcuts("list", {
    next: () => rowFocus.focusBy(1),
    previous: () => rowFocus.focusBy(-1),
    open,
  });

  const { setActive } = rowFocus;
  const actions = useMemo<RowActions>(
    () => ({
      toggle: (id, range) =>
        setSelection((now) => (range ? toggleRange(now, id, newest.current.list.rows) : toggle(now, id))),
      focused: setActive,
    }),
    [setActive],
  );

  return {
    ...{ terms, list, edges, loadMore, refresh, viewport, narrow, scroller, actions, toTop },
    ...{ selection, setSelection, active: rowFocus.active, focusAt: rowFocus.focusAt },
    /** The row that has the focus, or had it last. */
    current,
    onScroll() {
      scrollTop.current = scroller.current?.scrollTop ?? 0;
      if (scrollTop.current <= 1 && newest.current.list.held.length > 0) dispatch({ type: "released" });
    },
    /** @param editCell opens a cell of the row that has the focus, where cells can be edited */
    onKeyDown: (event: KeyboardEvent, editCell?: () => void) =>
      onGridKey(event, {
        by: rowFocus.focusBy,
        toEnd: (end) => rowFocus.focusAt(end === "first" ? 0 : list.rows.length - 1),
        page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
        open,
        editCell,
      }),
  };
}

export type ListGridState<Row extends ListRow, Sort extends string, Column extends string> = ReturnType<
  typeof useListGrid<Row, Sort, Column>
>;
