import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { parseListCursor } from "../orders/list-cursor.ts";
import { listOrders } from "../orders/orders.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const query = new URL(request.url).searchParams;
  const page = await listOrders(webProcess().db, shopId, {
    olderThan: parseListCursor(query.get("olderThan")),
    newerThan: parseListCursor(query.get("newerThan")),
  });
  return json(page);
}

export default function OrdersPage() {
  const { orders } = useLoaderData<typeof loader>();
  return (
    <main>
      {orders.map((order) => (
        <p key={order.id}>{order.name}</p>
      ))}
      <Outlet />
    </main>
  );
}
