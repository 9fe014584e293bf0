import { setTimeout as sleep } from "node:timers/promises";
import { parseMessage } from "./parse-message.ts";
import type { CatcherManners, CaughtMessage } from "./smtp-catcher.ts";

/** Domains by which a person sees what becomes of a mail that does not arrive. */
export const troubledDomains = {
  refused: "refused.example",
  bounces: "bounces.example",
  lost: "lost.example",
};

interface DemoManners {
  appUrl: string;
  /** The app's MAIL_BOUNCE_SECRET; without it no mail comes back. */
  bounceSecret: string | null;
  /** How long a mail is away before it comes back. */
  bounceAfterMs?: number;
}

/** How often a bounce is posted: the app may not have noted yet that the mail was taken, and then changes nothing. */
const bounceAttempts = 10;

/** A mailbox that refuses, one whose mails come back a moment later, and one on the way to which the line is cut. */
export function demoManners({ appUrl, bounceSecret, bounceAfterMs = 2_000 }: DemoManners): CatcherManners {
  const isAt = (address: string, domain: string) => address.toLowerCase().endsWith(`@${domain}`);
  const bounce = async (message: CaughtMessage) => {
    const messageId = parseMessage(message.raw).headers.get("message-id");
    for (let attempt = 0; attempt < bounceAttempts; attempt += 1) {
      await sleep(bounceAfterMs, undefined, { ref: false });
      const answer = await fetch(`${appUrl}/mail/bounces`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${bounceSecret}` },
        body: JSON.stringify({ messageId, reason: "The mailbox is full." }),
      });
      if ((await answer.text()) === "noted") return;
    }
  };
  return {
    recipient: (address) =>
      isAt(address, troubledDomains.refused)
        ? { code: 550, sentence: "There is no such mailbox here." }
        : null,
    message(message) {
      if (message.to.some((address) => isAt(address, troubledDomains.lost))) return "drop";
      if (bounceSecret !== null && message.to.some((address) => isAt(address, troubledDomains.bounces)))
        // The app may be stopping; nobody waits for a bounce.
        bounce(message).catch(() => {});
      return null;
    },
  };
}
