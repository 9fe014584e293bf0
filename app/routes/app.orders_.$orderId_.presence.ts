import { type ActionFunctionArgs, json } from "@remix-run/node";
import { orderIdSchema } from "../orders/order.ts";
import { presenceReportSchema } from "../orders/presence.ts";
import { reportPresence } from "../orders/report-presence.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** A tab says that it has the order open, and hears who else has. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) throw new Response("Order not found", { status: 404 });
  const report = presenceReportSchema.safeParse(await request.json().catch(() => null));
  if (!report.success) throw new Response("That says nothing of a tab.", { status: 422 });
  const result = await reportPresence(webProcess().db, {
    shopId,
    orderId: orderId.data,
    actor,
    report: report.data,
  });
  if (result.outcome === "not_found") throw new Response("Order not found", { status: 404 });
  return json({ others: result.others }, { headers: { "Cache-Control": "no-store" } });
}
