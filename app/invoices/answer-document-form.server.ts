import { z } from "zod";
import type { Db } from "../db.server.ts";
import { formatMoney } from "../money.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type DocumentAnswer, noDocumentAnswer } from "./document-answer.ts";
import { findDocument } from "./documents.server.ts";
import { parseTypedPayment, readTypedPayment } from "./payment-form.ts";
import { recordPayment, undoPayment } from "./record-payment.server.ts";

interface DocumentForm {
  shopId: ShopId;
  documentId: string;
  actor: Actor;
  fields: FormData;
}

export type AnsweredDocumentForm =
  | { status: 200 | 409 | 422; answer: DocumentAnswer }
  | { status: 404; answer: null };

const notFound: AnsweredDocumentForm = { status: 404, answer: null };

const formSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("record_payment") }),
  z.object({ intent: z.literal("undo_payment"), paymentId: z.string().uuid() }),
]);

/** Does what a form of a document's page asks for: a payment that Shopify does not know of, or its undoing. */
export async function answerDocumentForm(db: Db, form: DocumentForm): Promise<AnsweredDocumentForm> {
  const { shopId, documentId, actor, fields } = form;
  const document = await findDocument(db, shopId, documentId);
  if (!document) return notFound;
  const asked = formSchema.safeParse(Object.fromEntries(fields));
  if (!asked.success) return say(422, { message: "That is no action of this page. Reload it." });
  if (asked.data.intent === "record_payment") return answerPayment(db, form, document.currency);
  // A payment of another document is none of this page's.
  const { paymentId } = asked.data;
  if (!document.payments.some(({ id }) => id === paymentId)) return notFound;
  const { outcome } = await undoPayment(db, { shopId, paymentId, actor });
  switch (outcome) {
    case "undone":
      return say(200, {});
    case "already_undone":
      return say(409, { message: "Somebody has taken this payment back already." });
    case "not_found":
      return notFound;
  }
}

async function answerPayment(
  db: Db,
  { shopId, documentId, actor, fields }: DocumentForm,
  currency: string,
): Promise<AnsweredDocumentForm> {
  const typed = readTypedPayment(fields);
  const { payment, errors } = parseTypedPayment(typed, currency);
  if (!payment) return say(422, { errors, payment: typed });
  const result = await recordPayment(db, { shopId, documentId, actor, ...payment });
  switch (result.outcome) {
    case "recorded":
      return say(200, {});
    case "too_much": {
      const left = formatMoney(result.leftMinor, result.currency);
      return say(422, { errors: { amount: `Only ${left} is left to pay.` }, payment: typed });
    }
    case "not_payable":
      return say(422, { message: "A credit note asks for no payment." });
    case "not_found":
      return notFound;
  }
}

const say = (status: 200 | 409 | 422, said: Partial<DocumentAnswer>): AnsweredDocumentForm => ({
  status,
  answer: { ...noDocumentAnswer, ...said },
});
