import type { BuiltInView, ListScreen } from "../views/list-screen.ts";
import { parseColumns, usualColumns } from "./document-columns.ts";
import { documentVocabulary } from "./document-vocabulary.ts";
import * as addresses from "./list-address.ts";

const builtInViews: [BuiltInView, ...BuiltInView[]] = [
  { key: "all", label: "All", q: "" },
  { key: "open", label: "Open", q: "is:open" },
  { key: "overdue", label: "Overdue", q: "status:overdue" },
  { key: "paid", label: "Paid", q: "status:paid" },
  { key: "credit-notes", label: "Credit notes", q: "kind:credit_note" },
];

/** The list of invoices and credit notes, as its views see it. */
export const invoiceListScreen: ListScreen = {
  screen: "invoices",
  path: "/app/invoices",
  builtInViews,
  vocabulary: documentVocabulary,
  usualColumns,
  addresses: { ...addresses, parseColumns },
};
