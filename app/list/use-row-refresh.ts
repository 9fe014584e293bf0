import { useEffect, useRef } from "react";
import { idsPerRequest, type RowSource, type RowsById } from "./list-rows.ts";

/** Hints are gathered for so long before their rows are read. */
const gatherMs = 100;

/** After a read that failed. */
const retryMs = 2_000;

/**
 * Reads rows of a list by id: gathered, a hundred at a time and one request after the other, so that what is asked
 * for last is also answered last.
 * @returns asks for rows; repeated calls for one row are one read
 */
export function useRowRefresh<Row>(
  source: RowSource<Row>,
  onRead: (answer: RowsById<Row>) => void,
): (ids: Iterable<string>) => void {
  const parts = useRef({ source, onRead });
  useEffect(() => {
    parts.current = { source, onRead };
  });
  const queue = useRef<RowQueue | null>(null);
  useEffect(() => {
    const started = openRowQueue<Row>(
      (ids, signal) => parts.current.source.fetchById(ids, signal),
      (answer) => parts.current.onRead(answer),
    );
    queue.current = started;
    return () => started.stop();
  }, []);
  const ask = useRef((ids: Iterable<string>) => queue.current?.ask(ids));
  return ask.current;
}

interface RowQueue {
  ask(ids: Iterable<string>): void;
  stop(): void;
}

function openRowQueue<Row>(
  read: RowSource<Row>["fetchById"],
  onRead: (answer: RowsById<Row>) => void,
): RowQueue {
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
      const answer = await read(asked, stopped.signal);
      if (!stopped.signal.aborted) onRead(answer);
    } catch {
      // The server is away for a moment: the list keeps what it shows and asks again.
      for (const id of asked) waiting.add(id);
      waitMs = retryMs;
    }
    reading = false;
    plan(waitMs);
  };
  return {
    ask(ids) {
      for (const id of ids) waiting.add(id);
      plan(gatherMs);
    },
    stop() {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
