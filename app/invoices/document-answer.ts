import type { PaymentErrors, TypedPayment } from "./payment-form.ts";

/** What the invoice page's action answers. */
export interface DocumentAnswer {
  /** Why nothing was done, where no field is to blame. */
  message: string | null;
  errors: PaymentErrors;
  /** The payment as typed, when it was refused. */
  payment: TypedPayment | null;
}

export const noDocumentAnswer: DocumentAnswer = { message: null, errors: {}, payment: null };
