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
}

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

/** Previews the credit note that the form describes, or issues it. */
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
    answer: { typed, errors: {}, message: null, content: null, ...said },
  });
  if (!credit) return say(422, { errors });
  const result =
    fields.get("intent") === "issue"
      ? await issueCreditNote(db, await queue(), { shopId, documentId, actor, ...credit })
      : await previewCreditNote(db, { shopId, documentId, ...credit });
  switch (result.outcome) {
    case "issued":
    case "not_found":
      return result;
    case "preview":
      return say(200, { content: result.content });
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
