import { type RefObject, useRef } from "react";
import { useShortcuts } from "./use-shortcuts.ts";

/**
 * The list shortcuts for a plain table: j and k move the focus between the rows' own links, Enter opens the row. A
 * row that is still there after a live update keeps the focus by itself.
 */
export function useRowKeys(): RefObject<HTMLTableElement> {
  const table = useRef<HTMLTableElement>(null);
  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>("tbody > tr") ?? [])];
  const current = () => rows().findIndex((row) => row.contains(document.activeElement));
  const linkOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLElement>("a[href]");
  const move = (by: 1 | -1) => {
    const all = rows();
    const from = current();
    linkOf(all[from === -1 ? 0 : Math.min(all.length - 1, Math.max(0, from + by))])?.focus();
  };
  useShortcuts("list", {
    next: () => move(1),
    previous: () => move(-1),
    open: () => {
      const link = linkOf(rows()[current()]);
      link?.click();
      return link !== undefined && link !== null;
    },
  });
  return table;
}
