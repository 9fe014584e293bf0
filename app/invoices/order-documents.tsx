import { useLocation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { isOpenedFromHeld } from "./document-address.ts";
import { DocumentList } from "./document-list.tsx";
import type { DocumentListItem } from "./documents.server.ts";
import type { WaitingDraft } from "./order-documents.server.ts";

interface OrderDocumentsProps {
  orderId: string;
  /** A test order, which gets no invoice. */
  isTest: boolean;
  documents: DocumentListItem[];
  drafts: WaitingDraft[];
}

/** An order's invoices and credit notes, what is held and why, and the way to issue one. */
export function OrderDocuments({ orderId, isTest, documents, drafts }: OrderDocumentsProps) {
  const invoiced = documents.some(({ kind }) => kind === "invoice");
  return (
    <Card title="Documents">
      {documents.length > 0 ? (
        <DocumentList documents={documents} ofOrder />
      ) : (
        drafts.length === 0 && (
          <p className="text-ink-subtle">
            {isTest ? "No invoice: this is a test order, which gets no number." : "No invoice yet."}
          </p>
        )
      )}
      {drafts.map((draft) => (
        <HeldDraft key={draft.id} draft={draft} orderId={orderId} />
      ))}
      {!invoiced && !isTest && drafts.length === 0 && (
        <p className="mt-3">
          <ButtonLink to={`/app/orders/${orderId}/invoice`} state={{ from: "order" }}>
            Issue invoice
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}

/** What waits for a person: the reason, and what can be done. */
function HeldDraft({ draft, orderId }: { draft: WaitingDraft; orderId: string }) {
  const { search } = useLocation();
  const what = draft.kind === "invoice" ? "The invoice" : "A correction";
  return (
    <div className="mt-3 grid gap-2 border-t border-line pt-3 first:mt-0 first:border-t-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        <Badge tone="warning">{draft.isDismissed ? "Left as it is" : "Held"}</Badge>
        {what} was not issued
      </p>
      <p className="[overflow-wrap:anywhere]">{draft.heldReason}</p>
      <p className="text-small text-ink-subtle">
        Put the order right at Shopify: as soon as it changes there, it is tried again.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink to={`/app/orders/${orderId}/invoice${isOpenedFromHeld(search) ? "?from=held" : ""}`}>
          See what can be issued
        </ButtonLink>
        {!draft.isDismissed && (
          <AppForm preventScrollReset>
            <input type="hidden" name="draftId" value={draft.id} />
            <Button type="submit" name="intent" value="dismiss_draft">
              Leave it as it is
            </Button>
          </AppForm>
        )}
      </div>
    </div>
  );
}
