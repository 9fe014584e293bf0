/** What a state is called: of an item before and after, and behind a number of items in the preview and the results. */
export interface StateWords {
  draft: string;
  done: string;
  preview: string;
  result: string;
}

/** How the pages speak of a kind of bulk action and of its items. */
export interface BulkWords {
  /** One item and several: "order" and "orders". */
  item: readonly [one: string, several: string];
  /** The list that a query chose them from, beginning with `/app/`. */
  listPath: string;
  /** On the button that starts it, before the number of items: "Change". */
  start: string;
  /** What a person should know before: whether it can be undone, and what can be done instead. */
  before: string;
  /** Where what was done can be seen and gone on with; for kinds that say nothing of it the items' own pages do. */
  after?: { to: string; label: string };
  changed: StateWords;
  unchanged: StateWords;
  refused: StateWords;
}

/** How fields of orders are changed; the words of every kind that brings none of its own. */
export const orderWords: BulkWords = {
  item: ["order", "orders"],
  listPath: "/app/orders",
  start: "Change",
  before: "You can undo it afterwards.",
  changed: { draft: "Will change", done: "Changed", preview: "will change", result: "changed" },
  unchanged: {
    draft: "Nothing to change",
    done: "Nothing to change",
    preview: "have nothing to change",
    result: "had nothing to change",
  },
  refused: {
    draft: "Not allowed",
    done: "Not allowed",
    preview: "cannot be changed.",
    result: "not allowed or deleted",
  },
};

/** "1 order", "2,000 invoices". */
export const countItems = ({ item: [one, several] }: Pick<BulkWords, "item">, count: number): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : several}`;

/** "Orders", as a heading. */
export const itemsTitle = ({ item: [, several] }: Pick<BulkWords, "item">): string =>
  several.charAt(0).toUpperCase() + several.slice(1);
