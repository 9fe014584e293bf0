import { Form } from "@remix-run/react";
import { Badge } from "../ui/badge.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TwoColumns } from "../ui/page.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { Time } from "../ui/time.tsx";
import { useOneSubmit } from "../ui/use-one-submit.ts";
import type { RateAnswer } from "./rate-answer.ts";
import { RateConflict } from "./rate-conflict.tsx";
import { RateFields } from "./rate-fields.tsx";
import { parseTypedRate, type TypedParcel } from "./rate-form.ts";
import type { SavedRate } from "./shipping-rates.server.ts";
import { TryRate } from "./try-rate.tsx";
import { useRateForm } from "./use-rate-form.ts";

interface ShippingSettingsProps {
  saved: SavedRate | null;
  currency: string;
  /** What the "try it" box was asked by its address. */
  asked: TypedParcel;
  answer: RateAnswer | null;
}

export function ShippingSettings({ saved, currency, asked, answer }: ShippingSettingsProps) {
  const { form, typed, errors, dirty, openedVersion, theirs, change, takeTheirs } = useRateForm(
    saved,
    currency,
    answer,
  );
  const { busy, onSubmit } = useOneSubmit();
  const draft = parseTypedRate(typed, currency).rate;
  return (
    <TwoColumns
      main={
        <Card title="Rate" action={<UnsavedBadge dirty={dirty} />}>
          <Form
            ref={form}
            method="post"
            preventScrollReset
            replace
            noValidate
            autoComplete="off"
            className="grid gap-5"
            onSubmit={onSubmit}
          >
            <PageSessionInput />
            {/* Enter presses a form's first button: it must not be one that removes a step. */}
            <button
              type="submit"
              name="intent"
              value="save"
              className="sr-only"
              tabIndex={-1}
              aria-hidden="true"
            >
              Save
            </button>
            <input type="hidden" name="version" value={openedVersion} />
            {saved && saved.rate.currency !== currency && (
              <Banner tone="warning" title={`The rate was saved in ${saved.rate.currency}`}>
                <p>
                  The shop's currency is {currency} now, so that rate applies to no new order. Write it anew.
                </p>
              </Banner>
            )}
            {theirs && (
              <RateConflict answer={answer} theirs={theirs} mine={draft} onTakeTheirs={takeTheirs} />
            )}
            <RateFields typed={typed} errors={errors} currency={currency} onChange={change} />
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" name="intent" value="save" variant="primary" busy={busy}>
                {busy ? "Saving…" : "Save"}
              </Button>
              <p role="status" className="text-ink-subtle">
                {!dirty && answer?.done === "saved" && `Saved as version ${openedVersion}.`}
                {!dirty && answer?.done === "unchanged" && "Nothing to save."}
                {Object.keys(errors).length > 0 && "Not saved: see the marked fields."}
                {answer?.refused && "That is no action of this page. Reload it."}
              </p>
            </div>
          </Form>
          <p className="mt-4 text-small text-ink-subtle">
            {saved ? (
              <>
                Version {saved.version}, saved by {saved.updatedBy}, <Time at={saved.updatedAt} />
              </>
            ) : (
              "No rate has been saved yet, so orders without shipping lines have no fee."
            )}
          </p>
        </Card>
      }
      aside={
        <TryRate
          rate={dirty ? draft : (saved?.rate ?? null)}
          unsaved={dirty}
          currency={currency}
          asked={asked}
        />
      }
    />
  );
}

function UnsavedBadge({ dirty }: { dirty: boolean }) {
  return <span role="status">{dirty && <Badge tone="warning">Unsaved changes</Badge>}</span>;
}
