import { type ActionFunctionArgs, json, type MetaFunction } from "@remix-run/node";
import { readSelection } from "../bulk/bulk-selection.ts";
import { maxOpen } from "../exports/list-export.ts";
import { requestExport } from "../exports/request-export.server.ts";
import { draftDocumentAction } from "../invoices/draft-document-action.server.ts";
import { parseDocumentQuery } from "../invoices/parse-document-query.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const refuse = (message: string, status = 422) => json({ message }, { status });

/** Drafts a bulk action on the documents that their list posts, or asks for a file of their PDFs. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const form = await readForm(request);
  const posted = readSelection(form);
  if (!posted) return refuse("That is no choice of documents. Go back to the list and choose again.");
  const { all, ids, q, kind } = posted;
  const { query, errors } = parseDocumentQuery(q, shop.timeZone);
  // A part that is not understood would be left out, and then it would be more documents than were meant.
  if (all && errors.length > 0) return refuse("The search has a mistake. Correct it first.");
  if (!all && ids.length === 0) return refuse("No documents were chosen. Tick some in the list first.");
  const { db, queue, mail } = webProcess();
  switch (kind) {
    case "zip":
    case "pdf": {
      const chosen = { query: all ? q : "", ids: all ? null : ids };
      const file = { screen: "documents" as const, format: kind, sort: "", columns: [], ...chosen };
      const asked = await requestExport(db, await queue(), { shopId: shop.id, actor, request: file });
      return asked.outcome === "too_many"
        ? refuse(`${maxOpen} files are being written already. Wait until one is ready.`, 409)
        : redirectAfterForm(request, form, "/app/exports", shop.domain);
    }
    case "send_mail":
    case "mark_paid": {
      if (kind === "send_mail" && !mail) return refuse("E-mail is not set up, so nothing can be sent.", 409);
      const selection = all ? { kind: "query" as const, query, q } : { kind: "ids" as const, ids };
      const drafted = await draftDocumentAction(db, shop, { kind, selection, actor });
      return drafted.outcome === "empty"
        ? refuse("None of these documents exists. Choose some in the list.")
        : redirectAfterForm(request, form, `/app/bulk/${drafted.id}`, shop.domain);
    }
    default:
      return refuse("That cannot be done with documents. Go back to the list and choose again.");
  }
}

export const meta: MetaFunction = () => [{ title: "Chosen documents · Atomic Orders" }];

export default function BulkDocumentsPage() {
  const message = useLastAnswer<typeof action>()?.message ?? "Choose documents in the list first.";
  return (
    <Page narrow title="Chosen documents" back={{ to: "/app/invoices", label: "Back to the invoices" }}>
      <Banner
        tone="warning"
        live="assertive"
        title={message}
        actions={<ButtonLink to="/app/invoices">Go to the invoices</ButtonLink>}
      />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
