import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField } from "../ui/field.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { CopyField } from "./copy-field.tsx";
import type { DeliveryAnswer } from "./delivery-answer.ts";
import { type DocumentLink, linkDays } from "./document-link.ts";
import { DocumentLinkList } from "./document-link-list.tsx";
import { useDeliveryForm } from "./use-delivery-form.ts";

interface DocumentLinkCardProps {
  delivery: { documentId: string; links: DocumentLink[] };
  /** The last answer to a form that was posted without JavaScript. */
  answer?: DeliveryAnswer | null;
}

/** Makes public links to a document, and shows, revokes and gives back those there are. */
export function DocumentLinkCard({ delivery, answer: plainAnswer = null }: DocumentLinkCardProps) {
  const { documentId, links } = delivery;
  const { Form, action, busy, answer } = useDeliveryForm("link", { documentId, plainAnswer });
  return (
    <Card title="Public link">
      <div className="grid gap-4">
        <Form method="post" action={action} className="grid gap-3">
          <PageSessionInput />
          <input type="hidden" name="intent" value="create_link" />
          <SelectField
            label="Good for"
            name="days"
            defaultValue={linkDays[0]}
            hint="Whoever has the link sees this document, and nothing else of the shop."
          >
            {linkDays.map((days) => (
              <option key={days} value={days}>
                {days === 365 ? "1 year" : `${days} days`}
              </option>
            ))}
          </SelectField>
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" busy={busy}>
              Create link
            </Button>
            <p role="status" className="text-ink-subtle">
              {answer?.said}
            </p>
          </div>
        </Form>
        <div role="alert" className="empty:hidden">
          {answer?.problem && <p className="text-on-critical">{answer.problem}</p>}
        </div>
        {answer?.linkUrl && (
          <div className="grid gap-1 rounded-control bg-surface-subtle p-3">
            <CopyField key={answer.linkUrl} label="New link" value={answer.linkUrl} />
            <p className="text-small text-ink-subtle">Copy it now: it is kept nowhere and not shown again.</p>
          </div>
        )}
        <DocumentLinkList links={links} action={action} Form={Form} busy={busy} />
      </div>
    </Card>
  );
}
