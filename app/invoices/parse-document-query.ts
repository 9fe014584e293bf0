import { parseQuery } from "../search/parse-query.ts";
import type { ParsedQuery } from "../search/query.ts";
import { todayIn } from "../search/today-in.ts";
import { documentVocabulary } from "./document-vocabulary.ts";

/** Reads the text of the invoices' search box; "today" is the shop's. */
export const parseDocumentQuery = (q: string, timeZone: string): ParsedQuery =>
  parseQuery(q, documentVocabulary, { today: todayIn(timeZone) });
