import { useEffect, useRef, useState } from "react";

/** As long as the highlight's animation. */
const highlightMs = 2_400;

/**
 * The ids of rows whose version rose, or that came in, while the same list was on screen.
 * @param list names the list: the rows of another page or view are not news
 */
export function useChangedRows(list: string, rows: { id: string; version: number }[]): ReadonlySet<string> {
  const seen = useRef({ list, versions: versionsOf(rows) });
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = seen.current;
    seen.current = { list, versions: versionsOf(rows) };
    if (before.list !== list) return;
    const news = rows.filter(({ id, version }) => before.versions.get(id) !== version);
    if (news.length > 0) setChanged(new Set(news.map(({ id }) => id)));
  }, [list, rows]);
  useEffect(() => {
    if (changed.size === 0) return;
    const timer = setTimeout(() => setChanged(new Set()), highlightMs);
    return () => clearTimeout(timer);
  }, [changed]);
  return changed;
}

const versionsOf = (rows: { id: string; version: number }[]) =>
  new Map(rows.map(({ id, version }) => [id, version]));
