import { useEffect, useState } from "react";
import { type FoundItem, foundAnswerSchema, shortestSearch } from "./found-item.ts";

const debounceMs = 150;

interface Found {
  /** What was asked for; the items of an older question stay until the new ones are there. */
  q: string;
  items: FoundItem[];
  state: "idle" | "searching" | "done" | "failed";
}

const nothing: Found = { q: "", items: [], state: "idle" };

/** Orders, invoices and customers for what is typed, a moment after the last key. A newer question cancels an older one. */
export function useFoundItems(typed: string): Found {
  const [found, setFound] = useState(nothing);
  const q = typed.trim();
  useEffect(() => {
    if (q.length < shortestSearch) return setFound(nothing);
    const cancelled = new AbortController();
    setFound((known) => ({ ...known, state: "searching" }));
    const timer = setTimeout(() => {
      ask(q, cancelled.signal).then(
        (items) => setFound({ q, items, state: "done" }),
        () => {
          if (!cancelled.signal.aborted) setFound({ q, items: [], state: "failed" });
        },
      );
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      cancelled.abort();
    };
  }, [q]);
  return found;
}

async function ask(q: string, signal: AbortSignal): Promise<FoundItem[]> {
  const response = await fetch(`/app/find?${new URLSearchParams({ q })}`, { signal });
  if (!response.ok) throw new Error(`The search was answered with ${response.status}.`);
  return foundAnswerSchema.parse(await response.json()).items;
}
