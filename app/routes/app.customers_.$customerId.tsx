import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, useLoaderData, useNavigation } from "@remix-run/react";
import { customerIdSchema, customerName } from "../customers/customer.ts";
import { CustomerContact } from "../customers/customer-contact.tsx";
import { CustomerFigures } from "../customers/customer-figures.tsx";
import { CustomerNote } from "../customers/customer-note.tsx";
import { editCustomerNote } from "../customers/edit-customer-note.server.ts";
import { findCustomer } from "../customers/find-customer.server.ts";
import { useLastAddress } from "../customers/last-list.ts";
import { type NoteAnswer, noAnswer, noteFormSchema, readSubmittedNote } from "../customers/note-form.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { firstPage, listSearch } from "../orders/list-address.ts";
import { listOrders } from "../orders/list-orders.server.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { RecentOrders } from "../orders/recent-orders.tsx";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page, TwoColumns } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Customer not found", { status: 404 });

const queryOf = (shopifyCustomerId: string) => `customer_id:${shopifyCustomerId}`;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const customerId = customerIdSchema.safeParse(params.customerId);
  const { db } = webProcess();
  const customer = customerId.success ? await findCustomer(db, shopId, customerId.data) : null;
  if (!customer) throw notFound();
  const { query } = parseOrderQuery(queryOf(customer.shopifyCustomerId), shop.timeZone);
  const { orders } = await listOrders(db, shop, { ...firstPage, query, limit: 20 });
  return json({ customer, orders });
}

export const clientLoader = keepLastAnswer();

/** Saves the notes about the customer. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const customerId = customerIdSchema.safeParse(params.customerId);
  if (!customerId.success) throw notFound();
  const fields = await readForm(request);
  const submitted = readSubmittedNote(fields);
  const form = noteFormSchema.safeParse(Object.fromEntries(fields));
  if (!form.success) {
    const error = form.error.flatten().fieldErrors.note?.[0] ?? "Reload this page and save again.";
    return json<NoteAnswer>({ ...noAnswer, error, submitted }, { status: 422 });
  }
  const { note, openedNote, version, decidedVersion = version } = form.data;
  const result = await editCustomerNote(webProcess().db, {
    shopId,
    customerId: customerId.data,
    openedVersion: decidedVersion,
    openedNote,
    note,
  });
  switch (result.outcome) {
    case "saved":
    case "unchanged": {
      const saved = `${result.outcome}.${result.version}`;
      return redirectAfterForm(
        request,
        fields,
        `/app/customers/${customerId.data}?saved=${saved}`,
        shop.domain,
      );
    }
    case "conflict":
      return json<NoteAnswer>({ ...noAnswer, submitted }, { status: 409 });
    case "erased":
      // The page itself says so now.
      return json<NoteAnswer>(noAnswer, { status: 410 });
    case "not_found":
      throw notFound();
  }
}

/** A save that gets no answer must not take the form away: it is told like any other refusal. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<NoteAnswer> {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!(error instanceof Response) || error.status >= 500) return { ...noAnswer, trouble: "unreachable" };
    if (error.status === 401) return { ...noAnswer, trouble: "signed_out" };
    throw error;
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? customerName(data.customer) : "Customer"} · Atomic Orders` },
];

export default function CustomerPage() {
  const { customer, orders } = useLoaderData<typeof loader>();
  const answer = useLastAnswer<NoteAnswer>() ?? null;
  const listAddress = useLastAddress();
  const saving = useNavigation().state === "submitting";
  return (
    <Page
      back={{ to: listAddress, label: "Back to the customers" }}
      title={<span className="[overflow-wrap:anywhere]">{customerName(customer)}</span>}
      badges={customer.erased && <Badge>Erased</Badge>}
    >
      <TwoColumns
        main={
          <>
            <CustomerFigures customer={customer} />
            <RecentOrders
              title="Orders"
              orders={orders}
              to={`/app/orders${listSearch({ view: "all", q: queryOf(customer.shopifyCustomerId) })}`}
              empty={
                <EmptyState title="No orders">
                  <p>Orders of this customer appear here by themselves.</p>
                </EmptyState>
              }
            />
          </>
        }
        aside={
          <>
            <CustomerContact customer={customer} />
            {customer.erased ? (
              <Card title="Notes">
                <p className="text-ink-subtle">Erased at the customer's request</p>
              </Card>
            ) : (
              <CustomerNote key={customer.id} customer={customer} answer={answer} saving={saving} />
            )}
          </>
        }
      />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
