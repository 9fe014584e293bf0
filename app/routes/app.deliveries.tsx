import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requestReconciliation } from "../orders/schedule-reconciliation.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";
import { readSyncState, rerunFailedDelivery } from "../webhooks/webhook-events.server.ts";

/** What came in from Shopify, what failed and why, and the ways to mend it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  return json(await readSyncState(webProcess().db, shopId));
}

const actionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("rerun"), deliveryId: z.string().regex(/^\d{1,18}$/) }),
  z.object({ intent: z.literal("sync") }),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const form = actionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return json({ message: "That is no action of this page. Reload it." }, { status: 422 });
  const { db, queue } = webProcess();
  if (form.data.intent === "sync") {
    await requestReconciliation(db, await queue(), shopId);
    return json({ message: "Asking Shopify for changed orders. New ones appear by themselves." });
  }
  const found = await rerunFailedDelivery(db, await queue(), shopId, form.data.deliveryId);
  return json({
    message: found ? "The delivery runs again." : "That delivery is not among the failed ones any more.",
  });
}

export default function DeliveriesPage() {
  return <pre>{JSON.stringify(useLoaderData<typeof loader>())}</pre>;
}
