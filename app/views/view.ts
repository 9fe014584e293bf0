import { z } from "zod";
import { normaliseText } from "../normalise-text.ts";
import { sameQuery } from "../search/format-query.ts";
import { parseQuery } from "../search/parse-query.ts";
import type { AnyAddress, ListScreen } from "./list-screen.ts";

/** What a view keeps of a list. */
export interface ViewState {
  /** The query as typed. */
  query: string;
  /** As an address has it, `created-desc`. */
  sort: string;
  /** The columns shown, in their order; none for the usual ones. */
  columns: string[];
}

/** A list as somebody wants to see it again. */
export interface SavedView extends ViewState {
  id: string;
  name: string;
  /** Everybody in the shop sees it and may change it; otherwise only its owner does. */
  team: boolean;
  version: number;
}

/** A tab: a saved view, or one that every shop has. */
export interface Tab extends ViewState {
  /** Its name in an address. */
  key: string;
  name: string;
  /** Null for a built-in one. */
  saved: SavedView | null;
}

export const maxNameLength = 60;

export const viewNameSchema = z
  .string()
  .max(1_000)
  .transform((name) => normaliseText(name.replace(/\s+/g, " ")) ?? "")
  .pipe(
    z
      .string()
      .min(1, "Give the view a name.")
      .max(maxNameLength, `A name has up to ${maxNameLength} characters.`),
  );

/** The person's tabs in their order: what every shop has, the team's, their own. */
export function listTabs({ builtInViews, addresses }: ListScreen, saved: readonly SavedView[]): Tab[] {
  const { sort, direction } = addresses.firstPage;
  return [
    ...builtInViews.map(({ key, label, q }) => ({
      key,
      name: label,
      query: q,
      sort: `${sort}-${direction}`,
      columns: [],
      saved: null,
    })),
    ...saved.map((view) => ({ ...view, key: view.id, saved: view })),
  ];
}

/** What an address shows, as a view would keep it. */
export function stateOf({ q, sort, direction, columns }: AnyAddress): ViewState {
  return { query: q.trim(), sort: `${sort}-${direction}`, columns: columns ?? [] };
}

/** The address of a view, question mark included. A view kept before a column or a sort went shows without it. */
export function viewSearch(
  { addresses }: ListScreen,
  { key, query, sort, columns }: ViewState & { key: string },
) {
  return addresses.listSearch({
    view: key,
    q: query,
    ...addresses.parseSort(sort),
    columns: addresses.parseColumns(columns.join(",")),
  });
}

/** Whether a list shows something else than its view. The order of conditions and spaces make no difference. */
export function isModified(screen: ListScreen, view: ViewState, current: ViewState): boolean {
  const { sort, direction } = screen.addresses.parseSort(view.sort) ?? screen.addresses.firstPage;
  const columnsOf = ({ columns }: ViewState) =>
    (screen.addresses.parseColumns(columns.join(",")) ?? screen.usualColumns).join();
  return (
    !isSameQuery(screen, view.query, current.query) ||
    `${sort}-${direction}` !== current.sort ||
    columnsOf(view) !== columnsOf(current)
  );
}

function isSameQuery({ vocabulary }: ListScreen, left: string, right: string): boolean {
  if (left.trim() === right.trim()) return true;
  // Both are read on the same day, whichever it is.
  const [a, b] = [left, right].map((text) => parseQuery(text, vocabulary, { today: "2000-01-01" }));
  // A faulty condition is left out of a query and yet stands in its text.
  return Boolean(a && b && a.errors.length + b.errors.length === 0 && sameQuery(a.query, b.query));
}

/**
 * The tab that an address belongs to. A link to a view that the person cannot see still shows its list: as one
 * that nobody has saved.
 */
export function findTab(screen: ListScreen, tabs: readonly Tab[], address: AnyAddress): Tab | undefined {
  const named = tabs.find(({ key }) => key === address.view);
  return named ?? tabs.find((tab) => !isModified(screen, tab, stateOf(address))) ?? tabs[0];
}
