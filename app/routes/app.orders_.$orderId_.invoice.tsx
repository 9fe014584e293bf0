import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { signDownload } from "../exports/download-token.server.ts";
import { acceptsDifference, differenceField } from "../invoices/accept-difference.ts";
import { documentOfOrder } from "../invoices/document-address.ts";
import { previewDocuments } from "../invoices/drafts.server.ts";
import { issueInvoice } from "../invoices/issue-invoice.server.ts";
import { IssueScreen } from "../invoices/issue-screen.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { orderIdSchema } from "../orders/order.ts";
import { findEditableOrder } from "../orders/orders.server.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Order not found", { status: 404 });

/** What an order's next documents would say, before they are issued. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db, encryptionKey } = webProcess();
  const orderId = orderIdSchema.safeParse(params.orderId);
  const order = orderId.success ? await findEditableOrder(db, shopId, orderId.data) : null;
  if (!order) throw notFound();
  const acceptDifference = acceptsDifference(new URL(request.url).searchParams);
  const [preview, token] = await Promise.all([
    previewDocuments(db, shopId, order.id, { acceptDifference }),
    signDownload(encryptionKey, { shopId, fileId: order.id }),
  ]);
  if (preview.outcome === "not_found") throw notFound();
  const drawnHref = `/app/orders/${order.id}/invoice/draft?token=${token}${acceptDifference ? `&${differenceField}=accept` : ""}`;
  return json({ order: { id: order.id, name: order.name }, preview, drawnHref, acceptDifference });
}

export const clientLoader = keepLastAnswer();

/** Issues what was previewed, unless the order can be billed for something else since. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) throw notFound();
  const fields = await readForm(request);
  const seen = fields.get("billHash");
  const previewedBillHash = typeof seen === "string" && seen ? seen : undefined;
  const { db, queue } = webProcess();
  const issue = {
    shopId,
    orderId: orderId.data,
    actor,
    previewedBillHash,
    acceptDifference: acceptsDifference(fields),
  };
  const result = await issueInvoice(db, await queue(), issue);
  switch (result.outcome) {
    case "issued": {
      const [first] = result.documents;
      const to = first ? documentOfOrder(first.id) : `/app/orders/${orderId.data}`;
      return redirectAfterForm(request, fields, to, shop.domain);
    }
    case "nothing_to_invoice":
      return json(
        { message: "There is nothing left to invoice: it has been issued meanwhile." },
        { status: 409 },
      );
    case "changed":
      return json(
        { message: "The order has changed meanwhile. This is what it would say now." },
        { status: 409 },
      );
    case "held":
    case "excluded":
      return json({ message: result.reason }, { status: 422 });
    case "not_found":
      throw notFound();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Invoice for ${data?.order.name ?? "an order"} · Atomic Orders` },
];

export default function IssuePage() {
  const data = useLoaderData<typeof loader>();
  const message = useLastAnswer<{ message: string }>()?.message ?? null;
  return <IssueScreen {...data} message={message} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
