import { useLocation, useNavigation } from "@remix-run/react";
import type { DocumentContent } from "../documents/document.ts";
import { formatMoney } from "../money.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page, TwoColumns } from "../ui/page.tsx";
import { differenceField } from "./accept-difference.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { heldOrder, isOpenedFromHeld } from "./document-address.ts";
import { DocumentAmounts } from "./document-facts.tsx";
import { DocumentFrame } from "./document-frame.tsx";
import { kindLabels } from "./document-row.ts";
import type { Preview } from "./drafts.server.ts";
import { gapAdvice, listSellerGaps, sayGaps } from "./seller-gaps.ts";

interface IssueScreenProps {
  order: { id: string; name: string };
  preview: Exclude<Preview, { outcome: "not_found" }>;
  /** Where a document is drawn; `place` says which. */
  drawnHref: string;
  /** The difference between Shopify's figures and the lines is on a line of its own. */
  acceptDifference: boolean;
  /** Why the last attempt issued nothing. */
  message: string | null;
}

/** What an order's next documents would say, and the button that issues them. */
export function IssueScreen({ order, preview, drawnHref, acceptDifference, message }: IssueScreenProps) {
  const busy = useNavigation().formMethod === "POST";
  const fromHeld = isOpenedFromHeld(useLocation().search);
  // All documents of a preview have the seller of this moment.
  const seller = preview.outcome === "preview" ? preview.contents[0]?.seller : undefined;
  const gaps = seller ? listSellerGaps(seller) : [];
  return (
    <Page
      title={`Invoice for ${order.name}`}
      subtitle="Nothing is issued yet. A number is given when it is, and from then on nobody can change it."
      back={{
        to: fromHeld ? heldOrder(order.id) : `/app/orders/${order.id}`,
        label: `Back to order ${order.name}`,
      }}
      actions={
        preview.outcome === "preview" ? (
          <AppForm>
            <input type="hidden" name="billHash" value={preview.billHash} />
            {acceptDifference && <input type="hidden" name={differenceField} value="accept" />}
            <Button type="submit" variant="primary" busy={busy}>
              {busy ? "Issuing…" : `Issue ${describe(preview.contents)}`}
            </Button>
          </AppForm>
        ) : null
      }
    >
      {/* Always there, so that what appears in it is announced. */}
      <div role="status" className="empty:hidden">
        {message && <Banner tone="warning" title={message} />}
      </div>
      {gaps.length > 0 && (
        <Banner
          tone="warning"
          title={sayGaps(gaps)}
          actions={<ButtonLink to="/app/settings/invoices">Open the settings</ButtonLink>}
        >
          <p>{gapAdvice}</p>
        </Banner>
      )}
      {preview.outcome === "held" && (
        <Banner tone="warning" title="This invoice is held for a person">
          <p>{preview.reason}</p>
          <p>Put the order right at Shopify: as soon as it changes there, it is tried again.</p>
          {preview.difference && (
            <>
              <DifferenceTable figures={preview.difference} />
              <p className="mt-2">
                <ButtonLink
                  to={`/app/orders/${order.id}/invoice?${differenceField}=accept${fromHeld ? "&from=held" : ""}`}
                >
                  {preview.difference.differenceMinor === "0"
                    ? "See it with the taxes of its lines"
                    : `See it with an adjustment of ${formatMoney(preview.difference.differenceMinor, preview.difference.currency)}`}
                </ButtonLink>
              </p>
            </>
          )}
        </Banner>
      )}
      {preview.outcome === "preview" && preview.accepted && (
        <Banner tone="warning" title="Shopify’s figures and the lines differ, and you are about to accept it">
          <DifferenceTable figures={preview.accepted} />
        </Banner>
      )}
      {preview.outcome === "nothing_to_invoice" && (
        <Card>
          <EmptyState title="Nothing to invoice">
            <p>The documents of this order say all there is to say.</p>
            <p>
              <ButtonLink to={`/app/orders/${order.id}`}>Back to the order</ButtonLink>
            </p>
          </EmptyState>
        </Card>
      )}
      {preview.outcome === "preview" &&
        preview.contents.map((content, place) => (
          <TwoColumns
            // biome-ignore lint/suspicious/noArrayIndexKey: documents that are not issued have nothing but their place
            key={`${place} ${preview.billHash}`}
            main={
              <DocumentFrame
                title={`Draft of the ${kindLabels[content.kind].toLowerCase()}`}
                href={`${drawnHref}&place=${place}`}
              />
            }
            aside={
              <Card title={kindLabels[content.kind]}>
                {content.reason && <p className="mb-2">{content.reason}</p>}
                <DocumentAmounts content={content} />
              </Card>
            }
          />
        ))}
    </Page>
  );
}

/** `invoice`, or `invoice and credit note`. */
const describe = (contents: DocumentContent[]) =>
  [...new Set(contents.map(({ kind }) => kindLabels[kind].toLowerCase()))].join(" and ");
