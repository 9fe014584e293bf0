import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { ChangeAllButton } from "../orders/bulk-form.tsx";
import { ExportMenu } from "../orders/export-menu.tsx";
import { keepListSearch, listParams, parseListAddress } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { ListPagination } from "../orders/list-pagination.tsx";
import { loadOrderFieldValues } from "../orders/load-field-values.ts";
import { NoOrders } from "../orders/no-orders.tsx";
import { usualColumns } from "../orders/order-columns.ts";
import { orderListScreen } from "../orders/order-list-screen.ts";
import { OrderTable } from "../orders/order-table.tsx";
import { orderVocabulary } from "../orders/order-vocabulary.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { FilterChips } from "../search/filter-chips.tsx";
import { SearchBox } from "../search/search-box.tsx";
import { SearchHelp } from "../search/search-help.tsx";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { openDefaultView } from "../views/open-default-view.ts";
import { listSavedViews } from "../views/saved-views.server.ts";
import { ViewTabs } from "../views/view-tabs.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Orders · Atomic Orders" }];

/** The orders table. The edit dialog is a child route, so the list stays as it is behind it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const { db } = webProcess();
  const url = new URL(request.url);
  const views = await listSavedViews(db, shop.id, actor, "orders");
  const elsewhere = openDefaultView(orderListScreen, views, url);
  if (elsewhere) throw redirect(elsewhere);
  const address = parseListAddress(url.searchParams);
  const { query, errors } = parseOrderQuery(address.q, shop.timeZone);
  const page = await listOrders(db, shop, { ...address, query });
  return json({ ...page, ...views, address, query, errors, today: todayIn(shop.timeZone) });
}

/** The edit dialog's address shows the same list. */
export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function OrdersPage() {
  const { orders, address, before, after, query, errors, today, views, defaultView } =
    useLoaderData<typeof loader>();
  const search = {
    action: "/app/orders",
    // An address without anything would open the person's own view.
    params: listParams({ ...address, view: address.view ?? "all" }),
    text: address.q,
    vocabulary: orderVocabulary,
  };
  return (
    <Page
      title="Orders"
      actions={
        <>
          <ButtonLink to="/app/bulk" variant="plain">
            Bulk actions
          </ButtonLink>
          <ExportMenu address={address} columns={address.columns ?? usualColumns} />
          <ChangeAllButton q={address.q} />
        </>
      }
    >
      <div className="grid gap-2">
        <SearchBox
          {...search}
          errors={errors}
          today={today}
          loadValues={loadOrderFieldValues}
          label="Search orders"
          placeholder="Search orders"
        />
        <FilterChips {...search} query={query} />
        <SearchHelp vocabulary={orderVocabulary} />
      </div>
      <div className="min-w-0 rounded-card bg-surface shadow-card">
        <ViewTabs screen={orderListScreen} views={views} defaultView={defaultView} address={address} />
        {orders.length > 0 ? (
          <OrderTable orders={orders} caption="Orders, newest first" />
        ) : (
          <NoOrders address={address} />
        )}
        <ListPagination address={address} before={before} after={after} />
      </div>
      <Outlet />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
