import { z } from "zod";

/** What becomes of a mail: it waits, the server took it, we gave up, or its mailbox refused it. */
export type MailState = "queued" | "sent" | "failed" | "bounced";

/**
 * An address that a mail can go to: one plain address of RFC 5321's lengths. No list, no name, no control
 * character, so that nothing typed here can become a second recipient or a header.
 */
export const recipientSchema = z
  .string()
  .trim()
  .max(254, "That address is longer than an e-mail address can be.")
  .email("That is no e-mail address that a document can be sent to.")
  .refine((address) => address.lastIndexOf("@") <= 64, "The part before the @ is too long.");

/** Minutes to wait after each try that failed for the moment; after the last of them the mail has failed. */
const retryMinutes = [1, 5, 15, 60, 180, 480];

/** Minutes until the next try, after so many of them; null when it is time to give up. */
export function minutesToNextTry(attempts: number): number | null {
  return retryMinutes[attempts - 1] ?? null;
}

/** One step in what happened with a mail. */
export interface MailEvent {
  kind: string;
  at: string;
  actorName: string;
}

/** A mail as the invoice's page shows it. */
export interface DocumentMail {
  id: string;
  /** Null once the person has been erased. */
  recipient: string | null;
  state: MailState;
  automatic: boolean;
  attempts: number;
  /** What the mail server said last. */
  lastError: string | null;
  /** ISO 8601; when the next try is due, while it waits. */
  nextAttemptAt: string;
  events: MailEvent[];
}
