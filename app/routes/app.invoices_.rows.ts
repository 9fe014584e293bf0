import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { parseListAddress } from "../invoices/list-address.ts";
import {
  type ListedDocument,
  listDocuments,
  readListedDocuments,
} from "../invoices/list-documents.server.ts";
import { parseDocumentQuery } from "../invoices/parse-document-query.ts";
import type { ListPage } from "../list/list-kind.ts";
import { parseRowsRequest, type RowsById } from "../list/list-rows.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Rows for a list that is on screen: the next ones at an edge, or the given ones as they are now. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const { searchParams } = new URL(request.url);
  const address = parseListAddress(searchParams);
  const { ids, limit } = parseRowsRequest(searchParams, z.string().uuid());
  const { query } = parseDocumentQuery(address.q, shop.timeZone);
  const { db } = webProcess();
  if (ids) {
    const rows = await readListedDocuments(db, shop, { query, sort: address.sort, ids });
    return json<RowsById<ListedDocument>>({ asked: ids, rows });
  }
  const { documents, ...edges } = await listDocuments(db, shop, { ...address, query, limit });
  return json<ListPage<ListedDocument>>({ rows: documents, ...edges });
}
