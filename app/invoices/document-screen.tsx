import { useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useFreshExports } from "../exports/use-fresh-exports.ts";
import { useListAround } from "../list/use-list-around.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Page, TwoColumns } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import type { DocumentEvent } from "./describe-document-event.ts";
import { isOpenedFromOrder, keepOrigin } from "./document-address.ts";
import type { DocumentAnswer } from "./document-answer.ts";
import { DocumentBadge } from "./document-badge.tsx";
import { DocumentFacts, DocumentTotalsCard } from "./document-facts.tsx";
import { DocumentFrame } from "./document-frame.tsx";
import { DocumentList } from "./document-list.tsx";
import type { DocumentProof } from "./document-proof.server.ts";
import { ProofCard } from "./document-proof.tsx";
import { kindLabels } from "./document-row.ts";
import { DocumentTimeline } from "./document-timeline.tsx";
import type { DocumentDetail } from "./documents.server.ts";
import { PaymentsCard } from "./payments-card.tsx";
import { printFrame } from "./print-frame.ts";

interface DocumentScreenProps {
  document: DocumentDetail;
  events: DocumentEvent[];
  proof: DocumentProof | null;
  /** Its PDF, by a link that is good for a while. */
  fileHref: string;
  /** On the shop's calendar. */
  today: string;
  answer: DocumentAnswer | null;
  /** The cards that send it: e-mail and public link. */
  delivery: ReactNode;
}

const frameId = "document-frame";

/** A document's page: the PDF, and beside it where payment stands and what belongs to it. */
export function DocumentScreen({
  document,
  events,
  proof,
  fileHref,
  today,
  answer,
  delivery,
}: DocumentScreenProps) {
  const { kind, number, state, content, related, orderId, orderName, orderDeleted } = document;
  const isInvoice = kind === "invoice";
  // Links to files end after a quarter of an hour.
  useFreshExports(false);
  const downloadHref = `${fileHref}&download=1`;
  const print = () => printFrame(frameId, fileHref);
  const list = useListAround("/app/invoices", document.id);
  const { search } = useLocation();
  const fromOrder = isOpenedFromOrder(search) && !orderDeleted;
  useShortcuts("document", {
    ...(!fromOrder && list.moves),
    print,
    download: () => window.location.assign(downloadHref),
  });
  return (
    <Page
      back={
        fromOrder
          ? { to: `/app/orders/${orderId}`, label: `Back to order ${orderName}` }
          : { to: list.address, label: "Back to the invoices" }
      }
      title={number}
      badges={isInvoice ? <DocumentBadge state={state} /> : null}
      subtitle={
        <>
          {kindLabels[kind]} for order {orderName}, <Time at={document.issuedAt} />
        </>
      }
      actions={
        <>
          {isInvoice && state !== "credited" && (
            <ButtonLink to={keepOrigin(`/app/invoices/${document.id}/credit`, search)}>
              Credit note
            </ButtonLink>
          )}
          {/* Without a script it opens the PDF, where the browser prints. */}
          <a
            href={fileHref}
            target="_blank"
            rel="noreferrer"
            className={buttonClass()}
            onClick={(event) => {
              event.preventDefault();
              print();
            }}
          >
            Print
          </a>
          {/* A download is a document of its own, past the router: its token says whose it is. */}
          <a href={downloadHref} className={buttonClass("primary")}>
            Download
          </a>
        </>
      }
    >
      {answer?.message && <Banner tone="critical" title={answer.message} live="assertive" />}
      <TwoColumns
        main={
          <>
            <DocumentFrame id={frameId} title={`${kindLabels[kind]} ${number}`} href={fileHref} />
            <DocumentTimeline events={events} />
          </>
        }
        aside={
          <>
            {isInvoice && <PaymentsCard document={document} answer={answer} today={today} />}
            <DocumentTotalsCard content={content} />
            {related.length > 0 && (
              <Card title="Belongs together">
                <DocumentList documents={related} ofOrder={fromOrder} />
              </Card>
            )}
            {delivery}
            <DocumentFacts document={document} />
            <ProofCard hash={document.hash} fileSha256={document.fileSha256} proof={proof} />
          </>
        }
      />
    </Page>
  );
}
