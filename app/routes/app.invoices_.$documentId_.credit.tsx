import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { signDownload } from "../exports/download-token.server.ts";
import { answerCreditForm, type CreditAnswer } from "../invoices/answer-credit-form.server.ts";
import { CreditScreen } from "../invoices/credit-screen.tsx";
import { keepOrigin } from "../invoices/document-address.ts";
import { findDocument } from "../invoices/documents.server.ts";
import { previewCreditNote } from "../invoices/issue-credit-note.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Document not found", { status: 404 });

/** The invoice that is to be credited. @throws Response 404 for anything else */
async function requireInvoice(shopId: ShopId, documentId: string | undefined) {
  const id = z.string().uuid().safeParse(documentId);
  const document = id.success ? await findDocument(webProcess().db, shopId, id.data) : null;
  if (document?.kind !== "invoice") throw notFound();
  return document;
}

/** What is left of an invoice to be credited. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db, encryptionKey } = webProcess();
  const { id, number } = await requireInvoice(shopId, params.documentId);
  const [all, token] = await Promise.all([
    previewCreditNote(db, { shopId, documentId: id, choice: { by: "full" }, reason: null }),
    signDownload(encryptionKey, { shopId, fileId: id }),
  ]);
  return json({
    document: { id, number },
    left: all.outcome === "preview" ? all.content : null,
    drawnHref: `/app/invoices/${id}/credit/draft?token=${token}`,
  });
}

export const clientLoader = keepLastAnswer();

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const { id: documentId, currency } = await requireInvoice(shopId, params.documentId);
  const fields = await readForm(request);
  const { db, queue } = webProcess();
  const result = await answerCreditForm(db, queue, { shopId, documentId, currency, actor, fields });
  switch (result.outcome) {
    case "issued": {
      const to = keepOrigin(`/app/invoices/${result.document.id}`, new URL(request.url).search);
      return redirectAfterForm(request, fields, to, shop.domain);
    }
    case "answered":
      return json<CreditAnswer>(result.answer, { status: result.status });
    case "not_found":
      throw notFound();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Credit note for ${data?.document.number ?? "an invoice"} · Atomic Orders` },
];

export default function CreditPage() {
  const data = useLoaderData<typeof loader>();
  const answer = useLastAnswer<CreditAnswer>() ?? null;
  return <CreditScreen {...data} answer={answer} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
