interface Told {
  number: string;
  /** Why something did not work; empty where it did. */
  reason: string;
  actorName: string;
}

const sentences: Record<string, (told: Told) => string> = {
  mail_queued: ({ number, actorName }) => `${actorName} sends ${number} by e-mail`,
  mail_sent: ({ number }) => `The e-mail with ${number} was sent`,
  mail_failed: ({ number, reason }) => `The e-mail with ${number} was not sent: ${reason}`,
  mail_bounced: ({ number, reason }) => `The e-mail with ${number} bounced: ${reason}`,
  mail_skipped: ({ number, reason }) => `${number} was not e-mailed: ${reason}`,
  link_created: ({ number, actorName }) => `${actorName} made a public link to ${number}`,
  link_revoked: ({ number, actorName }) => `${actorName} revoked a public link to ${number}`,
  link_restored: ({ number, actorName }) => `${actorName} gave a public link to ${number} back`,
};

/** What happened to a document on its way to people, in a sentence. @returns null for what is none of this */
export function describeDeliveryEvent(kind: string, told: Told): string | null {
  return Object.hasOwn(sentences, kind) ? (sentences[kind]?.(told) ?? null) : null;
}
