/** Where mails go out and whom they come from, as the environment says. */
export interface MailSetup {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  smtpUrl: string;
  /** A plain address. */
  from: string;
}

/** @returns null where mail is not set up: then nothing is queued, and the screens say so */
export function readMailSetup(env: { SMTP_URL?: string; MAIL_FROM?: string }): MailSetup | null {
  return env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : null;
}

/** Stable for a mail, whatever its tries: a mailbox knows a repetition by it, and a bounce finds its mail. */
export function messageIdOf(from: string, shopId: string, mailId: string): string {
  return `<${mailId}.${shopId}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}

/** Finds the mail that a Message-ID names. @returns null for one that is none of ours */
export function parseMessageId(messageId: string): { mailId: string; shopId: string } | null {
  const id = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  const match = new RegExp(`^<?(${id})\\.(${id})@[^@<>\\s]+>?$`, "i").exec(messageId.trim());
  return match?.[1] && match[2] ? { mailId: match[1], shopId: match[2] } : null;
}
