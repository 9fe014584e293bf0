import { z } from "zod";
import type { Db } from "../db.server.ts";
import type { DocumentContent } from "../documents/document.ts";
import { formatMoney } from "../money.ts";
import type { Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type CreditErrors, parseTypedCredit, readTypedCredit, type TypedCredit } from "./credit-form.ts";
import type { IssuedNow } from "./document-row.ts";
import { issueCreditNote, previewCreditNote } from "./issue-credit-note.server.ts";

/** What the credit note's screen is answered. */
export interface CreditAnswer {
  typed: TypedCredit;
  errors: CreditErrors;
  message: string | null;
  /** What would be issued. */
  content: DocumentContent | null;
  /** How many documents the order has, as the preview saw it. */
  documents: number | null;
}

const countSchema = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

interface CreditForm {
  shopId: ShopId;
  documentId: string;
  currency: string;
  actor: Actor;
  fields: FormData;
}

export type AnsweredCreditForm =
  | { outcome: "issued"; document: IssuedNow }
  | { outcome: "answered"; status: 200 | 409 | 422; answer: CreditAnswer }
  | { outcome: "not_found" };

/** Previews the credit note that the form describes, or issues it as it was previewed. */
export async function answerCreditForm(
  db: Db,
  queue: () => Promise<Queue>,
  { shopId, documentId, currency, actor, fields }: CreditForm,
): Promise<AnsweredCreditForm> {
  const typed = readTypedCredit(fields);
  const { credit, errors } = parseTypedCredit(typed, currency);
  const say = (status: 200 | 409 | 422, said: Partial<CreditAnswer>): AnsweredCreditForm => ({
    outcome: "answered",
    status,
    answer: { typed, errors: {}, message: null, content: null, documents: null, ...said },
  });
  if (!credit) return say(422, { errors });
  const previewed = countSchema.safeParse(fields.get("documents"));
  const wanted = { shopId, documentId, ...credit };
  const result =
    fields.get("intent") === "issue" && previewed.success
      ? await issueCreditNote(db, await queue(), { ...wanted, actor, previewedDocuments: previewed.data })
      : await previewCreditNote(db, wanted);
  switch (result.outcome) {
    case "issued":
    case "not_found":
      return result;
    case "preview":
      return say(200, { content: result.content, documents: result.documents });
    case "changed": {
      const message =
        "Another document was issued for this order meanwhile. Look at it before you issue this one.";
      const now = await previewCreditNote(db, wanted);
      return say(
        409,
        now.outcome === "preview" ? { message, content: now.content, documents: now.documents } : { message },
      );
    }
    case "nothing_left":
      return say(409, { message: "Nothing is left to credit." });
    case "too_much":
      return say(422, {
        message: `That is more than is left: ${formatMoney(result.leftMinor, currency)} in all, or fewer of a line.`,
      });
    case "empty":
      return say(422, {
        message: "That comes to nothing. Choose a line or an amount that is on the invoice.",
      });
  }
}
