import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { LiveEvent } from "../live/live-event.ts";
import { useLiveEvents } from "../live/use-live-events.ts";
import type { Direction, SortColumn } from "../search/search-table.ts";
import type { ListPage, ListRow } from "./list-kind.ts";
import type { RowSource } from "./list-rows.ts";
import {
  type ListEvent,
  type LoadedList,
  listReducer,
  missingFrom,
  openList,
  placeOf,
  without,
} from "./list-store.ts";
import { useRowRefresh } from "./use-row-refresh.ts";

export type EdgeState = "idle" | "loading" | "failed";
export type Side = "before" | "after";

/** More rows are fetched when fewer than this are left beyond what is visible. */
const rowsAhead = 150;

/** As long as the highlight's animation. */
const highlightMs = 2_400;

interface UseLoadedRows<Row extends ListRow> {
  /** How the list is sorted. */
  keyType: SortColumn["type"];
  direction: Direction;
  source: RowSource<Row>;
  /** The loader's page; a new one at every live update. */
  page: ListPage<Row>;
  /** What an earlier visit had loaded. */
  kept: LoadedList<Row> | null;
  heard(event: LiveEvent): string[];
  /** Whether the reader is away from the list's top, so that what is new there has to wait. */
  isAway(): boolean;
}

/**
 * The loaded rows of one list: they grow at both ends while somebody scrolls, and follow what happens by reading the
 * rows that a live update names. The loader's page, read again at every update, is the second net.
 */
export function useLoadedRows<Row extends ListRow>(given: UseLoadedRows<Row>) {
  const { page, kept, source, heard: namesOf, isAway } = given;
  const [list, dispatch] = useReducer(
    listReducer<Row>,
    null,
    () => kept ?? openList(given.keyType, given.direction, page),
  );
  const newest = useNewest({ list, source, isAway });
  const visible = useRef({ first: 0, last: 0 });
  const readWhileLoading = useRef(new Set<string>());
  const refresh = useRowRefresh(source, ({ asked, rows }) => {
    for (const id of asked) readWhileLoading.current.add(id);
    dispatch({ type: "patched", asked, rows, hold: isAway() });
  });
  const { edges, loadMore, retryEdges } = useEdges({ newest, dispatch, refresh, readWhileLoading });
  const stale = useStaleRows({ newest, visible, dispatch, refresh });

  const seenPage = useRef(kept ? null : page);
  useEffect(() => {
    if (page === seenPage.current) return;
    seenPage.current = page;
    const missing = missingFrom(newest.current.list, page, null);
    dispatch({ type: "reread", from: null, page, hold: newest.current.isAway() });
    stale.refreshed(page, missing);
    refresh(missing);
  }, [page, newest, stale, refresh]);

  // Nobody has listened for this list since it was left.
  const returned = useRef(kept !== null);
  useEffect(() => {
    if (returned.current) stale.doubtAll();
    returned.current = false;
  }, [stale]);

  useCalming(list.changed, dispatch);

  const noteVisible = useCallback(
    (first: number, last: number, loaded: number) => {
      visible.current = { first, last };
      if (last > loaded - rowsAhead) void loadMore("after");
      if (first < rowsAhead) void loadMore("before");
      stale.reread();
    },
    [loadMore, stale],
  );

  const heard = useRef(0);
  useLiveEvents((event: LiveEvent) => {
    refresh(namesOf(event));
    const missed =
      event.type === "resync" ||
      event.type === "hello" ||
      (event.type === "heartbeat" && event.change > heard.current);
    if ("change" in event) heard.current = Math.max(heard.current, event.change);
    if (!missed) return;
    retryEdges();
    stale.doubtAll();
  });

  return { list, dispatch, edges, loadMore, refresh, noteVisible };
}

/** Ends each highlight when its own time is over, however much goes on changing meanwhile. */
function useCalming<Row extends ListRow>(changed: ReadonlySet<string>, dispatch: Dispatch<Row>): void {
  const waiting = useRef(new Set<string>());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const ids = without(changed, waiting.current);
    if (ids.size === 0) return;
    for (const id of ids) waiting.current.add(id);
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      for (const id of ids) waiting.current.delete(id);
      dispatch({ type: "calmed", ids });
    }, highlightMs);
    timers.current.add(timer);
  }, [changed, dispatch]);
  useEffect(() => {
    const started = timers.current;
    return () => {
      for (const timer of started) clearTimeout(timer);
      started.clear();
      waiting.current.clear();
    };
  }, []);
}

interface Newest<Row extends ListRow> {
  list: LoadedList<Row>;
  source: RowSource<Row>;
  isAway(): boolean;
}

/** The last render's values, for what happens between renders. */
function useNewest<Row extends ListRow>(values: Newest<Row>): { readonly current: Newest<Row> } {
  const newest = useRef(values);
  useEffect(() => {
    newest.current = values;
  });
  return newest;
}

type Dispatch<Row extends ListRow> = (event: ListEvent<Row>) => void;

interface EdgeParts<Row extends ListRow> {
  newest: { readonly current: Newest<Row> };
  dispatch: Dispatch<Row>;
  refresh(ids: Iterable<string>): void;
  /** The rows read by id since the last time that nothing was being loaded. */
  readWhileLoading: { readonly current: Set<string> };
}

/**
 * Fetches the rows beyond the edges. A row that was read by id meanwhile and found to stand beyond the edge was left
 * to this answer, which may be older than the row: so those are read once more.
 */
function useEdges<Row extends ListRow>({ newest, dispatch, refresh, readWhileLoading }: EdgeParts<Row>) {
  const [edges, setEdges] = useState<Record<Side, EdgeState>>({ before: "idle", after: "idle" });
  const states = useRef(edges);
  const stopped = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stopped.current = controller;
    states.current = { before: "idle", after: "idle" };
    return () => controller.abort();
  }, []);

  const tell = useCallback((side: Side, state: EdgeState) => {
    states.current = { ...states.current, [side]: state };
    setEdges(states.current);
  }, []);
  const loadMore = useCallback(
    async (side: Side, again = false) => {
      const { list, source } = newest.current;
      const from = list[side];
      if (!from || states.current[side] === "loading") return;
      if (states.current[side] === "failed" && !again) return;
      const { signal } = stopped.current;
      if (!isLoading(states.current)) readWhileLoading.current.clear();
      tell(side, "loading");
      try {
        const edge = side === "after" ? { after: from } : { before: from };
        const page = await source.fetchPage(edge, signal);
        if (signal.aborted) return;
        dispatch({ type: "loaded", side, from, page });
        refresh(readWhileLoading.current);
        tell(side, "idle");
      } catch {
        if (!signal.aborted) tell(side, "failed");
      }
    },
    [newest, dispatch, refresh, readWhileLoading, tell],
  );
  const retryEdges = useCallback(() => {
    for (const side of ["before", "after"] as const)
      if (states.current[side] === "failed") tell(side, "idle");
  }, [tell]);
  return { edges, loadMore, retryEdges };
}

const isLoading = ({ before, after }: Record<Side, EdgeState>) => before === "loading" || after === "loading";

interface StaleParts<Row extends ListRow> {
  newest: { readonly current: Newest<Row> };
  visible: { readonly current: { first: number; last: number } };
  dispatch: Dispatch<Row>;
  refresh(ids: Iterable<string>): void;
}

/**
 * The rows that hints may have been missed for. They are read again a stretch at a time, as they come into view:
 * what nobody looks at costs nothing, however much is loaded. The list's top is the loader's.
 */
function useStaleRows<Row extends ListRow>(parts: StaleParts<Row>) {
  const [machine] = useState(() => {
    const stale = new Set<string>();
    let reading = false;
    let notBefore = 0;
    const refreshed = (page: ListPage<Row>, missing: string[]) => {
      for (const { id } of page.rows) stale.delete(id);
      for (const id of missing) stale.delete(id);
    };
    const reread = async () => {
      const { newest, visible, dispatch, refresh } = parts;
      const { list, source } = newest.current;
      const { first, last } = visible.current;
      if (reading || stale.size === 0 || performance.now() < notBefore) return;
      const start = list.rows.findIndex((row, i) => i >= first && i <= last && stale.has(row.id));
      if (start < 0) return;
      const previous = list.rows[start - 1];
      if (!previous) {
        const top = list.rows.slice(0, last + 1).map(({ id }) => id);
        for (const id of top) stale.delete(id);
        return refresh(top);
      }
      reading = true;
      const from = placeOf(previous);
      try {
        const page = await source.fetchPage({ after: from }, AbortSignal.timeout(15_000));
        const missing = missingFrom(newest.current.list, page, from);
        dispatch({ type: "reread", from, page, hold: false });
        refreshed(page, missing);
        refresh(missing);
      } catch {
        // They stay doubtful until the next look at them.
        notBefore = performance.now() + 2_000;
      }
      reading = false;
    };
    const doubtAll = () => {
      for (const { id } of parts.newest.current.list.rows) stale.add(id);
      void reread();
    };
    return { refreshed, reread, doubtAll };
  });
  return machine;
}
