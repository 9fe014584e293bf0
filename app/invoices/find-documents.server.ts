import type { Db } from "../db.server.ts";
import { formatMoney } from "../money.ts";
import { normaliseText } from "../normalise-text.ts";
import type { Term } from "../search/query.ts";
import type { Shop } from "../shops/shop.ts";
import { type FoundItem, shortestSearch } from "../ui/found-item.ts";
import { kindLabels, stateLabels } from "./document-row.ts";
import { firstPage } from "./list-address.ts";
import { listDocuments } from "./list-documents.server.ts";

const shownDocuments = 5;

/** Longer text is no number. */
const longestSearch = 100;

/** The documents whose number begins with what was typed, with or without its zeros, and an order's by its name. */
export async function findDocuments(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  typed: string,
): Promise<FoundItem[]> {
  const text = normaliseText(typed.slice(0, longestSearch)) ?? "";
  if (text.length < shortestSearch || !/[\p{L}\p{N}]/u.test(text)) return [];
  const place = { negated: false, start: 0, end: text.length };
  const terms: Term[] = [
    { kind: "name", value: text.replace(/^#/, ""), ...place },
    { kind: "field", field: "number", match: { type: "words", value: text }, ...place },
  ];
  const [exact, begun] = await Promise.all(
    terms.map((term) =>
      listDocuments(db, shop, { ...firstPage, query: { terms: [term] }, limit: shownDocuments }),
    ),
  );
  const found = [...(exact?.documents ?? []), ...(begun?.documents ?? [])];
  return [...new Map(found.map((document) => [document.id, document])).values()]
    .slice(0, shownDocuments)
    .map(({ id, number, kind, orderName, state, grossMinor, currency }) => ({
      kind: "document",
      id,
      label: number,
      detail: `${kindLabels[kind]} for ${orderName} · ${stateLabels[state]} · ${formatMoney(grossMinor, currency)}`,
      to: `/app/invoices/${id}`,
    }));
}
