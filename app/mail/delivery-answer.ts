/** What the forms of the e-mail card and the link card are answered. */
export interface DeliveryAnswer {
  /** Which of the two cards it belongs to. */
  card: "mail" | "link";
  /** What was done, in a sentence. */
  said: string | null;
  /** Why nothing was done, in a sentence. */
  problem: string | null;
  /** What was typed, where it has to be mended. */
  typedRecipient: string | null;
  /** The address of a link that was just made; it is never shown again. */
  linkUrl: string | null;
}

/** Where the forms of both cards post to; the page there shows the cards too, for browsers without JavaScript. */
export const deliveryPath = (documentId: string) => `/app/invoices/${documentId}/send`;
