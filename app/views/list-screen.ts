import type { SearchAddress } from "../search/list-address.ts";
import type { SearchVocabulary } from "../search/query.ts";
import type { Direction } from "../search/search-table.ts";

export const viewScreens = ["orders", "customers", "invoices"] as const;
export type ViewScreen = (typeof viewScreens)[number];

/** A list that every shop has as a tab. */
export interface BuiltInView {
  /** Its name in an address. */
  key: string;
  label: string;
  q: string;
}

export type AnyAddress = SearchAddress<string, string>;

/** How a list's addresses are read and written. A method's parameter may be narrower: a list knows its own sorts. */
interface AnyAddresses {
  firstPage: AnyAddress;
  parseSort(text: string | null): { sort: string; direction: Direction } | null;
  parseColumns(text: string | null): string[] | null;
  parseListAddress(search: URLSearchParams): AnyAddress;
  listSearch(address: Partial<AnyAddress>): string;
  listParams(address: Partial<AnyAddress>): Record<string, string>;
}

/** What views need to know of the list they are views of. */
export interface ListScreen {
  screen: ViewScreen;
  path: string;
  /** The first one is the list without any filter. */
  builtInViews: [BuiltInView, ...BuiltInView[]];
  vocabulary: SearchVocabulary;
  /** The columns that the list shows when nobody has chosen any. */
  usualColumns: readonly string[];
  addresses: AnyAddresses;
}
