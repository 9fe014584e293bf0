import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { signDownload } from "../exports/download-token.server.ts";
import { answerDocumentForm } from "../invoices/answer-document-form.server.ts";
import type { DocumentAnswer } from "../invoices/document-answer.ts";
import { listDocumentEvents } from "../invoices/document-events.server.ts";
import { proveDocument } from "../invoices/document-proof.server.ts";
import { DocumentScreen } from "../invoices/document-screen.tsx";
import { findDocument } from "../invoices/documents.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { findDocumentDelivery } from "../mail/document-delivery.server.ts";
import { DocumentLinkCard } from "../mail/document-link-card.tsx";
import { DocumentMailCard } from "../mail/document-mail-card.tsx";
import { readForm } from "../read-form.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Document not found", { status: 404 });

const documentIdSchema = z.string().uuid();

/** An invoice or a credit note, with a fresh link to its PDF. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const { db, encryptionKey, mail } = webProcess();
  const documentId = documentIdSchema.safeParse(params.documentId);
  const document = documentId.success ? await findDocument(db, shopId, documentId.data) : null;
  if (!document) throw notFound();
  const { id, orderId } = document;
  const [events, proof, delivery, token] = await Promise.all([
    listDocumentEvents(db, shopId, { orderId, documentId: id }),
    proveDocument(db, shopId, id),
    findDocumentDelivery(db, shopId, id),
    signDownload(encryptionKey, { shopId, fileId: id }),
  ]);
  const fileHref = `/app/invoices/${id}/pdf?token=${token}`;
  const today = todayIn(shop.timeZone);
  return json({ document, events, proof, delivery, mailIsSetUp: mail !== null, fileHref, today });
}

export const clientLoader = keepLastAnswer();

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const documentId = documentIdSchema.safeParse(params.documentId);
  if (!documentId.success) throw notFound();
  const fields = await readForm(request);
  const { db } = webProcess();
  const { status, answer } = await answerDocumentForm(db, {
    shopId,
    documentId: documentId.data,
    actor,
    fields,
  });
  if (status === 404) throw notFound();
  return json<DocumentAnswer>(answer, { status });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.document.number ?? "Document"} · Atomic Orders` },
];

export default function DocumentPage() {
  const { delivery, mailIsSetUp, ...data } = useLoaderData<typeof loader>();
  const answer = useLastAnswer<DocumentAnswer>() ?? null;
  return (
    <DocumentScreen
      key={data.document.id}
      {...data}
      answer={answer}
      delivery={
        delivery && (
          <>
            <DocumentMailCard delivery={delivery} isSetUp={mailIsSetUp} />
            <DocumentLinkCard delivery={delivery} />
          </>
        )
      }
    />
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
