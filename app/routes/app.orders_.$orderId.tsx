import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { orderIdSchema } from "../orders/order.ts";
import { findOrder } from "../orders/orders.server.ts";
import { markReviewed, restoreOverwritten } from "../orders/review-order.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Order not found", { status: 404 });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  const order = orderId.success ? await findOrder(webProcess().db, shopId, orderId.data) : null;
  if (!order) throw notFound();
  return json({ order });
}

const reviewSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reviewed") }),
  z.object({ intent: z.literal("restore"), version: z.coerce.number().int().min(1) }),
]);

/** The two answers to "Shopify changed what you had changed": leave it so, or put my value back. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) throw notFound();
  const form = reviewSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return json({ message: "That is no action of this page. Reload it." }, { status: 422 });

  const { db } = webProcess();
  const order = { shopId, orderId: orderId.data, actor };
  const result =
    form.data.intent === "reviewed"
      ? await markReviewed(db, order)
      : await restoreOverwritten(db, { ...order, version: form.data.version });
  switch (result.outcome) {
    case "saved":
    case "unchanged":
      return json({ message: null });
    case "refused":
      return json({ message: result.reason }, { status: 422 });
    case "not_found":
      throw notFound();
  }
}

export default function OrderPage() {
  const { order } = useLoaderData<typeof loader>();
  return <pre>{JSON.stringify(order, null, 2)}</pre>;
}
