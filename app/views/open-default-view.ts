import type { ListScreen } from "./list-screen.ts";
import { listTabs, type SavedView, viewSearch } from "./view.ts";

const listParameters = ["view", "q", "sort", "columns", "after", "before", "at"];

/**
 * Where a list leads that was opened without saying which: to the person's default view, so that the address is
 * always what is shown. @returns null where nothing has to be done
 */
export function openDefaultView(
  screen: ListScreen,
  { views, defaultView }: { views: readonly SavedView[]; defaultView: string | null },
  url: URL,
): string | null {
  // A dialog above the list has an address of its own, and must stay open.
  if (url.pathname.replace(/\/$/, "") !== screen.path) return null;
  if (listParameters.some((name) => url.searchParams.has(name))) return null;
  const tabs = listTabs(screen, views);
  const tab = tabs.find(({ key }) => key === defaultView);
  if (!tab || tab === tabs[0]) return null;
  const search = new URLSearchParams(viewSearch(screen, tab));
  for (const [name, value] of url.searchParams)
    if (name !== "_data" && name !== "index") search.set(name, value);
  return `${screen.path}?${search}`;
}
