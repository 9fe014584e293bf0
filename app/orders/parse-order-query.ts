import { parseQuery } from "../search/parse-query.ts";
import type { ParsedQuery } from "../search/query.ts";
import { todayIn } from "../search/today-in.ts";
import { orderVocabulary } from "./order-vocabulary.ts";

/** Reads the text of the orders' search box; "today" is the shop's. */
export const parseOrderQuery = (q: string, timeZone: string): ParsedQuery =>
  parseQuery(q, orderVocabulary, { today: todayIn(timeZone) });
