import type { DocumentKind } from "../documents/document.ts";

/** What made a document be issued, as `documents.trigger` keeps it. */
export type DocumentTrigger = "paid" | "fulfilled" | "by_hand" | "bulk" | "refund" | "edit" | "cancel";

/** Where payment of a document stands (document_states). A credit note stays "issued". */
export const paymentStates = ["issued", "partly_paid", "paid", "overdue", "credited"] as const;
export type PaymentState = (typeof paymentStates)[number];

export const stateLabels: Record<PaymentState, string> = {
  issued: "Issued",
  partly_paid: "Partly paid",
  paid: "Paid",
  overdue: "Overdue",
  credited: "Credited",
};

export const kindLabels: Record<DocumentKind, string> = { invoice: "Invoice", credit_note: "Credit note" };

/** A document as the database has just issued it. */
export interface IssuedNow {
  id: string;
  orderId: string;
  kind: DocumentKind;
  number: string;
}
