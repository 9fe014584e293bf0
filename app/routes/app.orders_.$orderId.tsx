import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation, useNavigate } from "@remix-run/react";
import { z } from "zod";
import { CustomerCard } from "../customers/customer-card.tsx";
import { toTimelineNote } from "../invoices/describe-document-event.ts";
import { isOpenedFromHeld } from "../invoices/document-address.ts";
import { listDocumentEvents } from "../invoices/document-events.server.ts";
import { discardDraft } from "../invoices/drafts.server.ts";
import { findOrderDocuments } from "../invoices/order-documents.server.ts";
import { OrderDocuments } from "../invoices/order-documents.tsx";
import { useListAround } from "../list/use-list-around.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { changeTags } from "../orders/change-tags.server.ts";
import { orderIdSchema } from "../orders/order.ts";
import { OrderFacts } from "../orders/order-facts.tsx";
import { OrderLines } from "../orders/order-lines.tsx";
import { OrderPresence } from "../orders/order-presence.tsx";
import { OrderTotals } from "../orders/order-totals.tsx";
import { findOrder } from "../orders/orders.server.ts";
import { ReviewBanner } from "../orders/review-banner.tsx";
import { markReviewed, restoreOverwritten } from "../orders/review-order.server.ts";
import { OrderFlags, PaymentBadge, StatusBadge } from "../orders/status-badge.tsx";
import { tagSchema } from "../orders/tags.ts";
import { Timeline } from "../orders/timeline.tsx";
import { readForm } from "../read-form.server.ts";
import { requireShop } from "../session.server.ts";
import { findShippingRate } from "../shipping/shipping-rates.server.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page, TwoColumns } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Order not found", { status: 404 });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  const order = orderId.success ? await findOrder(webProcess().db, shopId, orderId.data) : null;
  if (!order) throw notFound();
  const ownRate = order.shippingLines === 0 ? await findShippingRate(webProcess().db, shopId) : null;
  const [papers, events] = await Promise.all([
    findOrderDocuments(webProcess().db, shopId, order.id),
    listDocumentEvents(webProcess().db, shopId, { orderId: order.id }),
  ]);
  return json({ order, rate: ownRate?.rate ?? null, papers, notes: events.map(toTimelineNote) });
}

export const clientLoader = keepLastAnswer();

const version = z.coerce.number().int().min(1).max(2_147_483_647);
const actionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reviewed"), openedVersion: version }),
  z.object({ intent: z.literal("restore"), openedVersion: version, version }),
  z.object({ intent: z.literal("add_tag"), tag: tagSchema }),
  z.object({ intent: z.literal("remove_tag"), tag: z.string() }),
  z.object({ intent: z.literal("dismiss_draft"), draftId: z.string().uuid() }),
]);

/** The two answers to "Shopify changed what you had changed": leave it so, or put my value back; and the tags. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) throw notFound();
  const form = actionSchema.safeParse(Object.fromEntries(await readForm(request)));
  if (!form.success) {
    const message = form.error.flatten().fieldErrors.tag?.[0] ?? "That is no action of this page. Reload it.";
    return json({ message }, { status: 422 });
  }

  const { db } = webProcess();
  if (form.data.intent === "add_tag" || form.data.intent === "remove_tag") {
    const { intent, tag } = form.data;
    const change = intent === "add_tag" ? { add: tag } : { remove: tag };
    const { outcome } = await changeTags(db, { shopId, orderId: orderId.data, change, actor });
    if (outcome === "not_found") throw notFound();
    return json({ message: null });
  }
  if (form.data.intent === "dismiss_draft") {
    const { outcome } = await discardDraft(db, { shopId, draftId: form.data.draftId, actor });
    if (outcome === "not_found") throw notFound();
    return json({ message: null });
  }
  const order = { shopId, orderId: orderId.data, openedVersion: form.data.openedVersion, actor };
  const result =
    form.data.intent === "reviewed"
      ? await markReviewed(db, order)
      : await restoreOverwritten(db, { ...order, version: form.data.version });
  switch (result.outcome) {
    case "saved":
      return json({ message: result.remark });
    case "unchanged":
      return json({ message: null });
    case "refused":
      return json({ message: result.reason }, { status: 422 });
    case "not_found":
      throw notFound();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.order.name ?? "Order"} · Atomic Orders` },
];

export default function OrderPage() {
  const { order, rate, papers, notes } = useLoaderData<typeof loader>();
  const message = useLastAnswer<typeof action>()?.message;
  const timeZone = useAppData()?.shop.timeZone ?? "UTC";
  const { currency, presentmentCurrency, timeline } = order;
  const editAddress = `/app/orders/${order.id}/edit?from=order`;
  const navigate = useNavigate();
  const { search } = useLocation();
  const list = useListAround("/app/orders", order.id);
  useShortcuts("order", { ...list.moves, edit: () => navigate(editAddress) });
  const story = {
    entries: timeline,
    current: order,
    terms: { currency, presentmentCurrency, timeZone },
  };
  return (
    <Page
      key={order.id}
      back={
        isOpenedFromHeld(search)
          ? { to: "/app/invoices/held", label: "Back to the orders that wait" }
          : { to: list.address, label: "Back to the orders" }
      }
      title={order.name}
      badges={
        <>
          <StatusBadge status={order.status} />
          <PaymentBadge named financialStatus={order.financialStatus} />
          <OrderFlags {...order} />
        </>
      }
      subtitle={
        <>
          <Time at={order.createdAt} /> · version {order.version} <OrderPresence orderId={order.id} />
        </>
      }
      actions={
        <ButtonLink variant="primary" to={editAddress} aria-label={`Edit ${order.name}`}>
          Edit
        </ButtonLink>
      }
    >
      {message && <Banner tone="critical" title={message} live="assertive" />}
      {order.needsReview && <ReviewBanner {...story} />}
      <TwoColumns
        main={
          <>
            <OrderLines lines={order.lines} currency={currency} />
            <OrderTotals order={order} rate={rate} />
            <Timeline {...story} notes={notes} />
          </>
        }
        aside={
          <>
            <CustomerCard {...order} />
            <OrderDocuments orderId={order.id} isTest={order.test} {...papers} />
            <OrderFacts order={order} />
          </>
        }
      />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
