import { parseQuery } from "../search/parse-query.ts";
import type { ParsedQuery } from "../search/query.ts";
import { todayIn } from "../search/today-in.ts";
import { orderVocabulary } from "./order-vocabulary.ts";

/** Reads the text of the orders' search box; "today" is the shop's, at the given moment. */
export const parseOrderQuery = (q: string, timeZone: string, now = new Date()): ParsedQuery =>
  parseQuery(q, orderVocabulary, { today: todayIn(timeZone, now) });
