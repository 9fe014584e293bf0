import type { BuiltInView, ListScreen } from "../views/list-screen.ts";
import { parseColumns, usualColumns } from "./customer-columns.ts";
import { customerVocabulary } from "./customer-vocabulary.ts";
import * as addresses from "./list-address.ts";

const builtInViews: [BuiltInView, ...BuiltInView[]] = [
  { key: "all", label: "All", q: "" },
  { key: "returning", label: "Returning", q: "orders:>=2" },
  { key: "once", label: "Ordered once", q: "orders:1" },
  { key: "without-orders", label: "Without orders", q: "-has:order" },
];

/** The list of customers, as its views see it. */
export const customerListScreen: ListScreen = {
  screen: "customers",
  path: "/app/customers",
  builtInViews,
  vocabulary: customerVocabulary,
  usualColumns,
  addresses: { ...addresses, parseColumns },
};
