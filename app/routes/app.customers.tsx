import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { customerColumns, usualColumns } from "../customers/customer-columns.ts";
import { customerListScreen } from "../customers/customer-list-screen.ts";
import { CustomerPagination } from "../customers/customer-pagination.tsx";
import { CustomerTable } from "../customers/customer-table.tsx";
import { customerVocabulary } from "../customers/customer-vocabulary.ts";
import { useKeptAddress } from "../customers/last-list.ts";
import { keepListSearch, listParams, listSearch, parseListAddress } from "../customers/list-address.ts";
import { countListedCustomers, listCustomers } from "../customers/list-customers.server.ts";
import { NoCustomers } from "../customers/no-customers.tsx";
import { parseCustomerQuery } from "../customers/parse-customer-query.ts";
import { ExportMenu } from "../exports/export-menu.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { totalListedOrders } from "../orders/total-orders.server.ts";
import { ColumnsMenu } from "../search/columns-menu.tsx";
import { FilterChips } from "../search/filter-chips.tsx";
import { formatCount } from "../search/format-count.ts";
import { SearchBox } from "../search/search-box.tsx";
import { SearchHelp } from "../search/search-help.tsx";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { AppLink } from "../ui/app-link.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { openDefaultView } from "../views/open-default-view.ts";
import { listSavedViews } from "../views/saved-views.server.ts";
import { ViewTabs } from "../views/view-tabs.tsx";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction = () => [{ title: "Customers · Atomic Orders" }];

/** The customers who have an account. Guests have orders only, and the list says where those are. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const { db } = webProcess();
  const url = new URL(request.url);
  const views = await listSavedViews(db, shop.id, actor, "customers");
  const elsewhere = openDefaultView(customerListScreen, views, url);
  if (elsewhere) throw redirect(elsewhere);
  const address = parseListAddress(url.searchParams);
  const { query, errors } = parseCustomerQuery(address.q, shop.timeZone);
  const [page, count, guests] = await Promise.all([
    listCustomers(db, shop, { ...address, query }),
    countListedCustomers(db, shop, query),
    totalListedOrders(db, shop, parseOrderQuery("is:guest", shop.timeZone).query),
  ]);
  const { currency, timeZone } = shop;
  return json({
    ...page,
    ...views,
    address,
    query,
    errors,
    count,
    guestOrders: guests.count,
    currency,
    today: todayIn(timeZone),
  });
}

export const clientLoader = keepLastAnswer(({ search }) => keepListSearch(search));

export default function CustomersPage() {
  const { customers, address, before, after, query, errors, today, currency, count, guestOrders, ...views } =
    useLoaderData<typeof loader>();
  useKeptAddress(listSearch(address));
  const columns = address.columns ?? usualColumns;
  const search = {
    action: customerListScreen.path,
    // An address without anything would open the person's own view.
    params: listParams({ ...address, view: address.view ?? "all" }),
    text: address.q,
    vocabulary: customerVocabulary,
  };
  return (
    <Page
      title="Customers"
      actions={
        <>
          <ColumnsMenu
            action={customerListScreen.path}
            search={listSearch({ ...address, columns: null })}
            names={customerColumns}
            columns={columns}
            first="The customer's name"
          />
          <ExportMenu screen="customers" address={address} columns={columns} />
        </>
      }
      subtitle={
        <>
          <span className="inline-block first-letter:uppercase">
            {formatCount(count, "customer", "customers")}.
          </span>{" "}
          {guestOrders.count > 0 && (
            <>
              <AppLink
                to="/app/orders?view=all&q=is%3Aguest"
                className="inline-block py-0.5 text-link underline decoration-1 underline-offset-2"
              >
                {formatCount(guestOrders, "order", "orders")}
              </AppLink>{" "}
              came from guests.
            </>
          )}
        </>
      }
    >
      <div className="grid gap-2">
        <SearchBox
          {...search}
          errors={errors}
          today={today}
          label="Search customers"
          placeholder="Search customers, such as anna or spent:>=100"
        />
        <FilterChips {...search} query={query} />
        <SearchHelp vocabulary={customerVocabulary} />
      </div>
      <div className="min-w-0 rounded-card bg-surface shadow-card">
        <ViewTabs screen={customerListScreen} {...views} address={address} />
        {customers.length > 0 ? (
          <CustomerTable customers={customers} columns={columns} address={address} currency={currency} />
        ) : (
          <NoCustomers address={address} />
        )}
        <CustomerPagination address={address} before={before} after={after} />
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
