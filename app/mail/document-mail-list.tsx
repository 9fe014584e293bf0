import type { FormProps } from "@remix-run/react";
import type { ComponentType } from "react";
import { Badge, type Pip } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { Time } from "../ui/time.tsx";
import type { Tone } from "../ui/tone.ts";
import type { DocumentMail, MailState } from "./mail.ts";

interface DocumentMailListProps {
  mails: DocumentMail[];
  /** Where its forms post to. */
  action: string;
  Form: ComponentType<FormProps>;
  canSend: boolean;
  busy: boolean;
}

const badges: Record<MailState, { tone: Tone; pip: Pip; word: string }> = {
  queued: { tone: "info", pip: "half", word: "Queued" },
  sent: { tone: "success", pip: "full", word: "Sent" },
  failed: { tone: "critical", pip: "cross", word: "Failed" },
  bounced: { tone: "critical", pip: "cross", word: "Bounced" },
};

const steps: Record<string, string> = {
  mail_queued: "Queued",
  mail_sent: "Taken by the mail server",
  mail_failed: "Given up",
  mail_bounced: "Refused by the mailbox",
};

/** Every mail of a document with its recipient's timeline, newest mail first. */
export function DocumentMailList({ mails, action, Form, canSend, busy }: DocumentMailListProps) {
  if (mails.length === 0) return null;
  return (
    <ul aria-label="E-mails of this document" className="grid gap-3 border-t border-line pt-3">
      {mails.map((mail) => (
        <li key={mail.id} className="grid gap-1">
          <p className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
            <span className="min-w-0 font-medium wrap-anywhere">{mail.recipient ?? "Erased address"}</span>
            <Badge tone={badges[mail.state].tone} pip={badges[mail.state].pip}>
              {badges[mail.state].word}
            </Badge>
          </p>
          <ol className="text-small text-ink-subtle">
            {mail.events.map((event) => (
              <li key={`${event.kind} ${event.at}`}>
                {steps[event.kind] ?? event.kind}
                {event.kind === "mail_queued" && ` by ${mail.automatic ? "itself" : event.actorName}`},{" "}
                <Time at={event.at} />
              </li>
            ))}
          </ol>
          <Trouble mail={mail} />
          {canSend && mail.state !== "queued" && mail.recipient !== null && (
            <Form method="post" action={action}>
              <PageSessionInput />
              <input type="hidden" name="intent" value="send_mail_again" />
              <input type="hidden" name="mailId" value={mail.id} />
              <Button type="submit" variant="plain" className="-ml-3" busy={busy}>
                Send again<span className="sr-only"> to {mail.recipient}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function Trouble({ mail: { state, attempts, lastError, nextAttemptAt } }: { mail: DocumentMail }) {
  if (lastError === null || state === "sent") return null;
  return (
    <p className="text-small wrap-anywhere">
      {lastError}
      {state === "queued" && (
        <>
          {" "}
          {attempts === 1 ? "One try" : `${attempts} tries`} so far, the next at <Time at={nextAttemptAt} />.
        </>
      )}
    </p>
  );
}
