import { useLocation, useNavigate } from "@remix-run/react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { isAtTop } from "../ui/at-top.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { findKeptList, keepList } from "./kept-lists.ts";
import type { ListAddress } from "./list-address.ts";
import type { OrderPage } from "./list-orders.server.ts";
import type { OrderColumn } from "./order-columns.ts";
import { editableColumns, type RowActions } from "./order-row.tsx";
import { nothingSelected, toggle, toggleRange } from "./selection.ts";
import { useCellEdits } from "./use-cell-edits.ts";
import { onGridKey } from "./use-list-keys.ts";
import { useBrowserLayoutEffect, useListViewport } from "./use-list-viewport.ts";
import { useNarrow } from "./use-narrow.ts";
import { useOrderList } from "./use-order-list.ts";
import { useRowFocus } from "./use-row-focus.ts";

interface UseOrderGrid {
  /** Names the list, whatever columns it is shown with. */
  listKey: string;
  address: ListAddress;
  page: OrderPage;
  columns: readonly OrderColumn[];
  listQuery: string;
}

/** Everything that the grid of orders remembers and does. */
export function useOrderGrid({ listKey, address, page, columns, listQuery }: UseOrderGrid) {
  const location = useLocation();
  const navigate = useNavigate();
  const [kept] = useState(() => (isAtTop(location.state) ? null : findKeptList(listKey)));
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTop = useRef(kept?.scrollTop ?? 0);
  const narrow = useNarrow();
  const [selection, setSelection] = useState(nothingSelected);
  const [said, say] = useState("");

  const isAway = () => scrollTop.current > 1;
  const orders = useOrderList({ address, page, kept: kept?.list ?? null, isAway });
  const { list, dispatch, refresh, noteVisible } = orders;
  const edits = useCellEdits({ listQuery, onSaved: (orderId) => refresh([orderId]), say });
  const height = useRef(44);
  const rowFocus = useRowFocus({ rows: list.rows, scroller, rowHeight: () => height.current });
  const viewport = useListViewport({
    list,
    scroller,
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
  const { settle } = edits;
  useEffect(() => settle(list.rows), [list.rows, settle]);

  const newestList = useRef(list);
  useEffect(() => {
    newestList.current = list;
  });
  const newestSearch = useRef(listQuery);
  useEffect(() => {
    newestSearch.current = listQuery;
  });
  useEffect(
    () => () =>
      keepList(listKey, {
        list: newestList.current,
        scrollTop: scrollTop.current,
        search: newestSearch.current,
      }),
    [listKey],
  );

  const toTop = () => {
    if (newestList.current.held.length > 0) dispatch({ type: "released" });
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

  const openOrder = (index: number | null) => {
    const row = index === null ? null : list.rows[index];
    if (row) navigate(`/app/orders/${row.id}`);
  };
  const editOrder = (index: number | null) => {
    const row = index === null ? null : list.rows[index];
    if (row) navigate(`/app/orders/${row.id}/edit${listQuery}`, { preventScrollReset: true });
  };
  useShortcuts("list", {
    next: () => rowFocus.focusBy(1),
    previous: () => rowFocus.focusBy(-1),
    toggle: () => rowFocus.active && setSelection((now) => toggle(now, rowFocus.active ?? "")),
    edit: () => editOrder(rowFocus.current()),
    open: () => openOrder(rowFocus.current()),
  });

  const handlers: RowActions = {
    toggle: (id, range) => setSelection((now) => (range ? toggleRange(now, id, list.rows) : toggle(now, id))),
    openCell(order, field) {
      // Two saves of one cell at once would conflict with each other.
      if (!edits.previews.get(order.id)?.some((save) => save.field === field)) edits.open(order.id, field);
    },
    onSave: edits.save,
    onClose: edits.close,
    focused: rowFocus.setActive,
    tabFrom(order, field, by) {
      const fields = editableColumns(columns);
      const neighbour = fields[fields.indexOf(field) + by];
      if (neighbour) return edits.open(order.id, neighbour);
      const index = list.rows.findIndex(({ id }) => id === order.id) + by;
      const row = list.rows[index];
      const first = by > 0 ? fields[0] : fields.at(-1);
      if (!row || !first) return;
      rowFocus.focusAt(index);
      edits.open(row.id, first);
    },
  };
  const newestHandlers = useRef(handlers);
  useBrowserLayoutEffect(() => {
    newestHandlers.current = handlers;
  });
  const actions = useMemo<RowActions>(
    () => ({
      toggle: (...given) => newestHandlers.current.toggle(...given),
      openCell: (...given) => newestHandlers.current.openCell(...given),
      onSave: (...given) => newestHandlers.current.onSave(...given),
      onClose: () => newestHandlers.current.onClose(),
      focused: (...given) => newestHandlers.current.focused(...given),
      tabFrom: (...given) => newestHandlers.current.tabFrom(...given),
    }),
    [],
  );
  useFocusAfterCell(edits.editing);

  return {
    ...{ list, edges: orders.edges, loadMore: orders.loadMore, viewport, narrow, selection, setSelection },
    ...{ edits, actions, scroller, said, toTop, active: rowFocus.active },
    onScroll() {
      scrollTop.current = scroller.current?.scrollTop ?? 0;
      if (scrollTop.current <= 1 && newestList.current.held.length > 0) dispatch({ type: "released" });
    },
    onKeyDown: (event: KeyboardEvent) =>
      onGridKey(event, {
        by: rowFocus.focusBy,
        toEnd: (end) => rowFocus.focusAt(end === "first" ? 0 : list.rows.length - 1),
        page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
        open: () => openOrder(rowFocus.current()),
        editCell() {
          const [field] = editableColumns(columns);
          const row = list.rows[rowFocus.current() ?? -1];
          if (row && field && !narrow) edits.open(row.id, field);
        },
      }),
  };
}

/** A cell that closes gives the focus back to what opened it, unless it has gone elsewhere. */
function useFocusAfterCell(editing: { orderId: string; field: string } | null): void {
  const before = useRef(editing);
  useBrowserLayoutEffect(() => {
    const closed = before.current;
    before.current = editing;
    if (!closed || editing || document.activeElement !== document.body) return;
    const row = document.getElementById(`order-${closed.orderId}`);
    const cell = row?.querySelector<HTMLElement>(`[data-cell="${closed.field}"]`);
    cell?.focus({ preventScroll: true });
  }, [editing]);
}
