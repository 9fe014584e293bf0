import { parseQuery } from "../search/parse-query.ts";
import type { ParsedQuery } from "../search/query.ts";
import { todayIn } from "../search/today-in.ts";
import { customerVocabulary } from "./customer-vocabulary.ts";

/** Reads the text of the customers' search box; "today" is the shop's. */
export const parseCustomerQuery = (q: string, timeZone: string): ParsedQuery =>
  parseQuery(q, customerVocabulary, { today: todayIn(timeZone) });
