import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { TextDiff } from "../ui/text-diff.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import type { Customer } from "./find-customer.server.ts";
import { noteDraftKey } from "./note-draft.ts";
import { maxNoteLength, type NoteAnswer } from "./note-form.ts";
import { useNoteForm } from "./use-note-form.ts";

interface CustomerNoteProps {
  customer: Customer;
  answer: NoteAnswer | null;
  saving: boolean;
}

/** The merchant's own notes about a customer. Two people may write them at once, and neither's are lost. */
export function CustomerNote({ customer, answer, saving }: CustomerNoteProps) {
  const shopDomain = useAppData()?.shop.domain ?? "";
  const form = useNoteForm(customer, answer, noteDraftKey(shopDomain, customer.id));
  const { opened, conflict, dirty } = form;
  return (
    <Card title="Notes">
      <AppForm className="grid gap-3" preventScrollReset>
        <input type="hidden" name="version" value={opened.version} />
        <input type="hidden" name="openedNote" value={opened.note ?? ""} />
        {answer?.trouble && (
          <Banner
            tone="critical"
            live="assertive"
            title={
              answer.trouble === "signed_out" ? "Not saved: your session has ended" : "Could not be saved"
            }
          >
            <p>
              {answer.trouble === "signed_out"
                ? "Reload this page in your Shopify admin."
                : "The server did not answer."}{" "}
              What you typed is kept in this tab.
            </p>
          </Banner>
        )}
        {conflict && (
          <NoteConflict
            customer={customer}
            base={opened.note}
            refused={answer !== null && !answer.error && !answer.trouble}
            saving={saving}
            onTakeTheirs={form.takeTheirs}
          />
        )}
        <TextAreaField
          label="Notes about the customer"
          labelHidden
          name="note"
          value={form.typed}
          onChange={({ target }) => form.setTyped(target.value)}
          maxLength={maxNoteLength}
          error={answer?.error}
          hint={`Only your team sees them. Version ${opened.version}.`}
        />
        {!conflict && (
          <div className="flex justify-end gap-2">
            {dirty && <Button onClick={form.takeTheirs}>Discard</Button>}
            <Button type="submit" variant="primary" busy={saving}>
              {saving ? "Saving…" : "Save notes"}
            </Button>
          </div>
        )}
      </AppForm>
    </Card>
  );
}

interface NoteConflictProps {
  customer: Customer;
  base: string | null;
  /** A save was refused. Otherwise it is news that arrived during the typing. */
  refused: boolean;
  saving: boolean;
  onTakeTheirs(): void;
}

/** What others saved meanwhile, above what one has typed oneself, and the choice between them. */
function NoteConflict({ customer, base, refused, saving, onTakeTheirs }: NoteConflictProps) {
  return (
    <Banner
      tone="warning"
      live="assertive"
      title={
        refused
          ? "Not saved yet: somebody else changed these notes meanwhile"
          : "Somebody else changed these notes while you were typing"
      }
      actions={
        <>
          <Button
            type="submit"
            name="decidedVersion"
            value={customer.version}
            variant="primary"
            busy={saving}
          >
            Replace theirs with mine
          </Button>
          <ButtonLink to={`/app/customers/${customer.id}`} preventScrollReset onClick={onTakeTheirs}>
            Take theirs
          </ButtonLink>
        </>
      }
    >
      <p className="font-semibold">Theirs, version {customer.version}:</p>
      {customer.note === null ? (
        <p className="text-ink-subtle italic">They emptied the notes.</p>
      ) : (
        <div>
          <TextDiff before={base ?? ""} after={customer.note} />
        </div>
      )}
      <p>Yours is below. You can put both together there and then replace theirs with it.</p>
    </Banner>
  );
}
