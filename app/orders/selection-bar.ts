import type { ReactNode } from "react";

/** What is chosen of a list. */
export interface Chosen {
  /** The rows ticked one by one. */
  ids: string[];
  /** Every row that the query matches, whatever is ticked. */
  all: boolean;
}

/** What can be done with the ticked rows of a list. It comes from outside: the list knows nothing of bulk actions. */
export interface SelectionBar {
  /** The form that the checkboxes belong to without JavaScript. */
  formId: string;
  /** That form; it stands above the list. */
  plain: ReactNode;
  /** The bar over a selection. */
  over(bar: { selection: Chosen; onClear: () => void; onSelectAll: () => void }): ReactNode;
}
