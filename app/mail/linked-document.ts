import type { DocumentContent } from "../documents/document.ts";

/** What a public page tells of a document: what the paper says, and what is still owed. */
export interface LinkedDocument {
  number: string;
  /** Days on the shop's calendar, `2026-11-25`. */
  issuedOn: string;
  dueOn: string | null;
  content: DocumentContent;
  standing: "owed" | "overdue" | "paid" | "settled" | "credit_note";
  /** In minor units of the document's currency; nothing when it is paid or credited. */
  owedMinor: string;
}
