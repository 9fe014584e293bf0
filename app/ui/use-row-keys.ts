import { type RefObject, useRef } from "react";
import { useShortcuts } from "./use-shortcuts.ts";

/**
 * The list shortcuts for a plain table: j and k move the focus between the rows' own links, the others press what
 * the row has. A row that is still there after a live update keeps the focus by itself.
 */
export function useRowKeys(): RefObject<HTMLTableElement> {
  const table = useRef<HTMLTableElement>(null);
  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>("tbody > tr") ?? [])];
  const current = () => rows().findIndex((row) => row.contains(document.activeElement));
  const move = (by: 1 | -1) => {
    const all = rows();
    const from = current();
    const to = from === -1 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[to]?.querySelector<HTMLElement>("a[href]")?.focus();
  };
  const press = (selector: string) => {
    const control = rows()[current()]?.querySelector<HTMLElement>(selector);
    control?.click();
    return control !== null && control !== undefined;
  };
  useShortcuts("list", {
    next: () => move(1),
    previous: () => move(-1),
    toggle: () => press("input[type=checkbox]"),
    edit: () => press("a[data-edit]"),
    open: () => press("a[href]"),
  });
  return table;
}
