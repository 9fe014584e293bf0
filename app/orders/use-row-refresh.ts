import { useEffect, useRef } from "react";
import type { ListAddress } from "./list-address.ts";
import type { ListedOrder } from "./list-orders.server.ts";
import { fetchListedOrders, idsPerRequest } from "./list-rows.ts";

/** Hints are gathered for so long before their orders are read. */
const gatherMs = 100;

/** After a read that failed. */
const retryMs = 2_000;

/**
 * Reads orders of the list by id: gathered, a hundred at a time and one request after the other, so that what is
 * asked for last is also answered last.
 * @returns asks for orders; repeated calls for one order are one read
 */
export function useRowRefresh(
  address: ListAddress,
  onRead: (asked: string[], orders: ListedOrder[]) => void,
): (ids: Iterable<string>) => void {
  const parts = useRef({ address, onRead });
  useEffect(() => {
    parts.current = { address, onRead };
  });
  const queue = useRef<RowQueue | null>(null);
  useEffect(() => {
    const started = openRowQueue((ids, signal) => fetchListedOrders(parts.current.address, ids, signal));
    started.onRead = (asked, orders) => parts.current.onRead(asked, orders);
    queue.current = started;
    return () => started.stop();
  }, []);
  const ask = useRef((ids: Iterable<string>) => queue.current?.ask(ids));
  return ask.current;
}

interface RowQueue {
  ask(ids: Iterable<string>): void;
  stop(): void;
  onRead(asked: string[], orders: ListedOrder[]): void;
}

export function openRowQueue(read: (ids: string[], signal: AbortSignal) => Promise<ListedOrder[]>): RowQueue {
  const waiting = new Set<string>();
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;

  const plan = (waitMs: number) => {
    if (reading || timer !== undefined || waiting.size === 0 || stopped.signal.aborted) return;
    timer = setTimeout(() => void run(), waitMs);
  };
  const run = async () => {
    timer = undefined;
    reading = true;
    const asked = [...waiting].slice(0, idsPerRequest);
    for (const id of asked) waiting.delete(id);
    let waitMs = gatherMs;
    try {
      const orders = await read(asked, stopped.signal);
      if (!stopped.signal.aborted) queue.onRead(asked, orders);
    } catch {
      // The server is away for a moment: the list keeps what it shows and asks again.
      for (const id of asked) waiting.add(id);
      waitMs = retryMs;
    }
    reading = false;
    plan(waitMs);
  };
  const queue: RowQueue = {
    ask(ids) {
      for (const id of ids) waiting.add(id);
      plan(gatherMs);
    },
    stop() {
      clearTimeout(timer);
      stopped.abort();
    },
    onRead() {},
  };
  return queue;
}
