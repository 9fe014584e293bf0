import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import type { DeliveryAnswer } from "./delivery-answer.ts";
import type { DocumentAddress } from "./document-addresses.server.ts";
import { DocumentMailList } from "./document-mail-list.tsx";
import type { DocumentMail, MailState } from "./mail.ts";
import { useDeliveryForm } from "./use-delivery-form.ts";

/** What the form answers once the mail is in the list: it follows what becomes of it. */
const outcomes: Record<MailState, string> = {
  queued: "The e-mail is on its way.",
  sent: "The mail server took the e-mail.",
  failed: "The e-mail could not be sent.",
  bounced: "The e-mail came back.",
};

interface DocumentMailCardProps {
  delivery: { documentId: string; number: string; address: DocumentAddress; mails: DocumentMail[] };
  /** Whether this installation can send mail at all. */
  isSetUp: boolean;
  /** The last answer to a form that was posted without JavaScript. */
  answer?: DeliveryAnswer | null;
}

/** Sends a document by e-mail and shows what became of each mail. */
export function DocumentMailCard({ delivery, isSetUp, answer: plainAnswer = null }: DocumentMailCardProps) {
  const { documentId, address, mails } = delivery;
  const { Form, action, busy, answer } = useDeliveryForm("mail", { documentId, plainAnswer });
  return (
    <Card title="E-mail">
      <div className="grid gap-4">
        {isSetUp ? (
          <Form method="post" action={action} noValidate className="grid gap-3">
            <PageSessionInput />
            <input type="hidden" name="intent" value="send_mail" />
            <TextField
              // A typed address stays until another document is shown.
              key={documentId}
              label="Recipient"
              name="recipient"
              type="email"
              inputMode="email"
              spellCheck={false}
              required
              maxLength={254}
              defaultValue={answer?.typedRecipient ?? (address.outcome === "address" ? address.email : "")}
              error={answer?.problem}
              hint={address.outcome === "none" ? address.reason : undefined}
            />
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" busy={busy}>
                {busy ? "Sending…" : "Send"}
              </Button>
              <p role="status" className="text-ink-subtle">
                {!busy && answer?.said && (mails[0] ? outcomes[mails[0].state] : answer.said)}
              </p>
            </div>
          </Form>
        ) : (
          <p className="text-ink-subtle">
            E-mail is not set up, so documents cannot be sent from here. Whoever runs Atomic Orders sets
            SMTP_URL and MAIL_FROM.
          </p>
        )}
        <DocumentMailList mails={mails} action={action} Form={Form} canSend={isSetUp} busy={busy} />
      </div>
    </Card>
  );
}
