import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { countOrders, listOrders } from "../orders/orders.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";
import { readSyncState } from "../webhooks/webhook-events.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db } = webProcess();
  const [counts, sync, recent] = await Promise.all([
    countOrders(db, shopId),
    readSyncState(db, shopId),
    listOrders(db, shopId, { limit: 8 }),
  ]);
  return json({ counts, sync: { ...sync, failed: sync.failed.length }, recent: recent.orders });
}

export default function DashboardPage() {
  const { counts } = useLoaderData<typeof loader>();
  return <pre>{JSON.stringify(counts)}</pre>;
}
