import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { findDocuments } from "../invoices/find-documents.server.ts";
import { findAnything } from "../orders/find-anything.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** What the palette finds: orders, invoices and customers that begin with what is typed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const typed = new URL(request.url).searchParams.get("q") ?? "";
  const { db } = webProcess();
  const items = (await Promise.all([findAnything(db, shop, typed), findDocuments(db, shop, typed)])).flat();
  return json({ items }, { headers: { "Cache-Control": "no-store" } });
}
