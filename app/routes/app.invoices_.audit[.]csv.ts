import type { LoaderFunctionArgs } from "@remix-run/node";
import { auditNumbers } from "../invoices/audit-numbers.server.ts";
import { writeAudit } from "../invoices/write-audit.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** The report on the numbers of invoices and credit notes, as a file for the auditor. A route without a page. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { shopId } = await requireShop({ request, context });
  return new Response(writeAudit(await auditNumbers(webProcess().db, shopId)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="invoice-numbers.csv"',
      "Cache-Control": "private, no-store",
    },
  });
}
