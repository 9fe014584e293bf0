import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { DocumentContent } from "../documents/document.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page, TwoColumns } from "../ui/page.tsx";
import type { CreditAnswer } from "./answer-credit-form.server.ts";
import { CreditFields } from "./credit-fields.tsx";
import { blankCredit, listCreditFields } from "./credit-form.ts";
import { keepOrigin } from "./document-address.ts";
import { DocumentAmounts } from "./document-facts.tsx";
import { DocumentFrame } from "./document-frame.tsx";

interface CreditScreenProps {
  document: { id: string; number: string };
  /** All that can still be credited; null when nothing can. */
  left: DocumentContent | null;
  /** Where a credit note is drawn; the choice is added to it. */
  drawnHref: string;
  answer: CreditAnswer | null;
}

/** A credit note by hand: what of an invoice is taken back, what would be issued, and the button that issues it. */
export function CreditScreen({ document, left, drawnHref, answer }: CreditScreenProps) {
  const busy = useNavigation().formMethod === "POST";
  // What is previewed is what was asked for; a change since makes it a preview of something else.
  const [touched, setTouched] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a new preview
  useEffect(() => setTouched(false), [answer]);
  const preview = touched ? null : (answer?.content ?? null);
  return (
    <Page
      title={`Credit note for ${document.number}`}
      subtitle="Nothing is issued yet. Never more is credited than is left of what was invoiced."
      back={{
        to: keepOrigin(`/app/invoices/${document.id}`, useLocation().search),
        label: `Back to ${document.number}`,
      }}
    >
      {!left ? (
        <Card>
          <EmptyState title="Nothing is left to credit">
            <p>Credit notes have taken back all that was invoiced.</p>
          </EmptyState>
        </Card>
      ) : (
        <>
          <div role="status" className="empty:hidden">
            {answer?.message && <Banner tone="warning" title={answer.message} />}
          </div>
          <TwoColumns
            main={
              <Card title="What to take back">
                <AppForm
                  preventScrollReset
                  noValidate
                  autoComplete="off"
                  className="grid gap-4"
                  onChange={() => setTouched(true)}
                >
                  <CreditFields
                    left={left}
                    typed={answer?.typed ?? blankCredit}
                    errors={answer?.errors ?? {}}
                  />
                  <div>
                    <Button type="submit" name="intent" value="preview" busy={busy}>
                      Preview
                    </Button>
                  </div>
                </AppForm>
              </Card>
            }
            aside={
              <Card title={preview ? "Would be issued" : "Left to credit"}>
                <DocumentAmounts content={preview ?? left} />
                {preview && answer && <IssueForm answer={answer} busy={busy} />}
              </Card>
            }
          />
          {preview && answer && (
            <DocumentFrame
              key={JSON.stringify(answer.typed)}
              title="Draft of the credit note"
              href={`${drawnHref}&${new URLSearchParams(listCreditFields(answer.typed))}`}
            />
          )}
        </>
      )}
    </Page>
  );
}

/** A form of its own with what was previewed, so that nothing else is issued. */
function IssueForm({ answer: { typed, documents }, busy }: { answer: CreditAnswer; busy: boolean }) {
  return (
    <AppForm className="mt-3">
      {listCreditFields(typed).map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields have nothing but their place
        <input key={place} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="documents" value={documents ?? ""} />
      <Button type="submit" name="intent" value="issue" variant="primary" busy={busy}>
        {busy ? "Issuing…" : "Issue credit note"}
      </Button>
    </AppForm>
  );
}
