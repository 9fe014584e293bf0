import type { ListScreen } from "../views/list-screen.ts";
import { builtInViews } from "./built-in-views.ts";
import * as addresses from "./list-address.ts";
import { parseColumns, usualColumns } from "./order-columns.ts";
import { orderVocabulary } from "./order-vocabulary.ts";

/** The list of orders, as its views see it. */
export const orderListScreen: ListScreen = {
  screen: "orders",
  path: "/app/orders",
  builtInViews,
  vocabulary: orderVocabulary,
  usualColumns,
  addresses: { ...addresses, parseColumns },
};
