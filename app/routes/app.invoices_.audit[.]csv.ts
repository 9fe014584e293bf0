import type { LoaderFunctionArgs } from "@remix-run/node";
import { refuseFile } from "../exports/send-file.server.ts";
import { auditNumbers } from "../invoices/audit-numbers.server.ts";
import { verifyShopLink } from "../invoices/file-link.server.ts";
import { writeAudit } from "../invoices/write-audit.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/**
 * The report on the numbers of invoices and credit notes, as a file for the auditor. A route without a page: the audit
 * screen's link carries its own token, everybody else a session.
 */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  let shopId = null;
  if (new URL(request.url).searchParams.has("token")) {
    const right = await verifyShopLink(db, encryptionKey, request);
    if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
    shopId = right.shop.id;
  }
  shopId ??= (await requireShop({ request, context })).shopId;
  return new Response(writeAudit(await auditNumbers(db, shopId)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="invoice-numbers.csv"',
      "Cache-Control": "private, no-store",
    },
  });
}
