import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { documentSearchTable } from "../invoices/document-search-table.ts";
import { documentVocabulary } from "../invoices/document-vocabulary.ts";
import { listFieldValues } from "../search/field-values.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** What the search box offers for a field that takes anything, such as the currencies in use. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const name = new URL(request.url).searchParams.get("field");
  const field = documentVocabulary.fields.find((known) => known.name === name && known.kind === "keyword");
  if (!field) return json({ values: [] }, { status: 404 });
  return json({ values: await listFieldValues(webProcess().db, shopId, documentSearchTable, field.name) });
}
