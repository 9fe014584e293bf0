import type { FormProps } from "@remix-run/react";
import type { ComponentType } from "react";
import { Badge, type Pip } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { PageSessionInput } from "../ui/page-session-input.tsx";
import { Time } from "../ui/time.tsx";
import type { Tone } from "../ui/tone.ts";
import type { DocumentLink } from "./document-link.ts";

interface DocumentLinkListProps {
  links: DocumentLink[];
  /** Where its forms post to. */
  action: string;
  Form: ComponentType<FormProps>;
  busy: boolean;
}

const badges: Record<DocumentLink["state"], { tone: Tone; pip: Pip; word: string }> = {
  open: { tone: "success", pip: "full", word: "Open" },
  expired: { tone: "neutral", pip: "empty", word: "Expired" },
  revoked: { tone: "neutral", pip: "cross", word: "Revoked" },
};

/** The links of a document, newest first. */
export function DocumentLinkList({ links, action, Form, busy }: DocumentLinkListProps) {
  if (links.length === 0) return null;
  return (
    <ul aria-label="Links to this document" className="grid gap-3 border-t border-line pt-3">
      {links.map((link) => (
        <li key={link.id} className="grid gap-1">
          <p className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {link.state === "expired" ? "Was good until " : "Good until "}
              <Time at={link.expiresAt} />
            </span>
            <Badge tone={badges[link.state].tone} pip={badges[link.state].pip}>
              {badges[link.state].word}
            </Badge>
          </p>
          <p className="text-small text-ink-subtle">
            Made by {link.createdBy}, <Time at={link.createdAt} />. {describeViews(link.views)}
            {link.lastViewedAt && (
              <>
                , last <Time at={link.lastViewedAt} />
              </>
            )}
          </p>
          {(link.state === "open" || link.canUndo) && (
            <Form method="post" action={action}>
              <PageSessionInput />
              <input
                type="hidden"
                name="intent"
                value={link.state === "open" ? "revoke_link" : "restore_link"}
              />
              <input type="hidden" name="linkId" value={link.id} />
              <Button type="submit" variant="plain" className="-ml-3" busy={busy}>
                {link.state === "open" ? "Revoke" : "Undo"}
                <span className="sr-only"> {link.state === "open" ? "this link" : "revoking this link"}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function describeViews(views: number): string {
  if (views === 0) return "Not viewed yet";
  return views === 1 ? "Viewed once" : `Viewed ${views} times`;
}
