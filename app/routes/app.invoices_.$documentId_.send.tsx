import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { keepOrigin } from "../invoices/document-address.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { answerDeliveryForm } from "../mail/answer-delivery-form.server.ts";
import type { DeliveryAnswer } from "../mail/delivery-answer.ts";
import { findDocumentDelivery } from "../mail/document-delivery.server.ts";
import { DocumentLinkCard } from "../mail/document-link-card.tsx";
import { DocumentMailCard } from "../mail/document-mail-card.tsx";
import { readForm } from "../read-form.server.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("There is no such document.", { status: 404 });

/** Sending a document: by e-mail, or by a public link. The forms of the document's own page post here too. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db, mail } = webProcess();
  const documentId = z.string().uuid().safeParse(params.documentId);
  const delivery = documentId.success ? await findDocumentDelivery(db, shopId, documentId.data) : null;
  if (!delivery) throw notFound();
  return json({ delivery, mailIsSetUp: mail !== null });
}

export const clientLoader = keepLastAnswer();

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const { db, queue, mail, env } = webProcess();
  const documentId = z.string().uuid().safeParse(params.documentId);
  if (!documentId.success) throw notFound();
  const answered = await answerDeliveryForm(
    { db, queue, mail, appUrl: env.SHOPIFY_APP_URL },
    { shopId, documentId: documentId.data, actor },
    await readForm(request),
  );
  if (!answered) throw notFound();
  return json<DeliveryAnswer>(answered.answer, { status: answered.status });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Send ${data?.delivery.number ?? "document"} · Atomic Orders` },
];

export default function SendDocumentPage() {
  const { delivery, mailIsSetUp } = useLoaderData<typeof loader>();
  const answer = useLastAnswer<DeliveryAnswer>() ?? null;
  return (
    <Page
      key={delivery.documentId}
      narrow
      title={`Send ${delivery.number}`}
      back={{
        to: keepOrigin(`/app/invoices/${delivery.documentId}`, useLocation().search),
        label: `Back to ${delivery.number}`,
      }}
    >
      <DocumentMailCard delivery={delivery} isSetUp={mailIsSetUp} answer={answer} />
      <DocumentLinkCard delivery={delivery} answer={answer} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
