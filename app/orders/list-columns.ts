import type { OrderColumn } from "./order-columns.ts";
import type { OrderSort } from "./order-search-table.ts";

interface ColumnLayout {
  /** The least width in rem, and the share it takes of what is left over. */
  rem: number;
  /** What a click on its heading sorts by. */
  sort?: OrderSort;
  end?: true;
}

export const columnLayouts: Record<OrderColumn, ColumnLayout> = {
  customer: { rem: 7.75, sort: "customer" },
  created: { rem: 9.25, sort: "created" },
  status: { rem: 7.5 },
  payment: { rem: 8.5 },
  fulfillment: { rem: 7.5 },
  total: { rem: 6.5, sort: "total", end: true },
  items: { rem: 4.5, end: true },
  tags: { rem: 10 },
  tracking: { rem: 8.5 },
  note: { rem: 12 },
  email: { rem: 13 },
  channel: { rem: 7 },
  updated: { rem: 9.25, sort: "updated" },
};

/** The name with its box, and the button at the end. */
const nameRem = 9;
const editRem = 4;

/** The grid of head and rows. Widths never depend on what is in the rows, or they would move while one scrolls. */
export function gridOf(columns: readonly OrderColumn[]): { template: string; minWidth: string } {
  const rems = columns.map((column) => columnLayouts[column].rem);
  const tracks = [nameRem, ...rems].map((rem) => `minmax(${rem}rem, ${rem}fr)`);
  const sum = rems.reduce((total, rem) => total + rem, nameRem + editRem);
  return { template: `${tracks.join(" ")} ${editRem}rem`, minWidth: `${sum}rem` };
}
