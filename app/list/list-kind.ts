import type { ReactNode } from "react";
import type { LiveEvent } from "../live/live-event.ts";
import type { SearchAddress } from "../search/list-address.ts";
import type { Cursor, SortColumn } from "../search/search-table.ts";

/** What a list needs to know of a row beside what it shows. */
export type ListRow = {
  id: string;
  /** The value the list is sorted by, as a cursor has it. */
  sortKey: string;
} & RowAge;

/** Which of two readings of one row is the newer. */
type RowAge =
  /** The row's own version, which rises with every change of what a merchant sees of it. */
  | { version: number }
  /** For rows without one: the shop's change number at the time of the reading. */
  | { readAt: number };

export interface ListPage<Row> {
  rows: Row[];
  /** The edge to go on from towards the start of the list; null when nothing comes before. */
  before: Cursor | null;
  /** The same towards its end. */
  after: Cursor | null;
}

/** What a row's parts are told of how the row stands. */
export interface RowPlace {
  /** The list's own query, for a dialog over the list to come back to. */
  listQuery: string;
  /** For every control in the row: a grid has one stop for the Tab key. */
  tabIndex: number | undefined;
  /** What the row shows is being saved. */
  busy: boolean;
  /** Null where nobody knows yet: then both the columns and the card are there, and the style sheet chooses. */
  narrow: boolean | null;
}

export interface ListColumn<Row, Sort extends string> {
  head: string;
  /** The least width in rem, and the share it takes of what is left over. */
  rem: number;
  /** What a click on its heading sorts by. */
  sort?: Sort;
  /** At the end of its cell, as numbers stand. */
  end?: true;
  cell(row: Row, place: RowPlace): ReactNode;
}

/** One kind of list: what its rows are, look like, and how they are asked for. A constant of its feature. */
export interface ListKind<Row extends ListRow, Sort extends string, Column extends string> {
  /** The grid's name, and what one row and several are called: "3 new orders". */
  words: { title: string; one: string; many: string };
  /** The list's address; `${path}/rows` answers with rows (see list-rows.ts), `${path}/${id}` is a row's page. */
  path: string;
  sorts: Record<Sort, SortColumn>;
  /** The sorts by which a page is newer or older than its neighbour, newest first. */
  ages?: readonly Sort[];
  listSearch(address: Partial<SearchAddress<Sort, Column>>): string;
  /** The rows to read again after a live event: their ids, or whatever else the rows' address takes for `ids`. */
  heard(event: LiveEvent): string[];
  /** The first column, which is always there: its text is the link that the whole row is. */
  name: Omit<ListColumn<Row, Sort>, "cell" | "end"> & {
    text(row: Row): string;
    /** Beside the name. */
    badges?(row: Row): ReactNode;
  };
  columns: Record<Column, ListColumn<Row, Sort>>;
  /** What stands at the end of every row, whatever the columns. Its head is for screen readers. */
  end?: Omit<ListColumn<Row, Sort>, "sort" | "end">;
  /** What a row says below its name where there is no room for columns, and the height of the whole in rem. */
  card: { rem: number; cell(row: Row, place: RowPlace): ReactNode };
}
