import { z } from "zod";
import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { DeliveryAnswer } from "./delivery-answer.ts";
import { linkDays } from "./document-link.ts";
import { createDocumentLink, restoreDocumentLink, revokeDocumentLink } from "./document-links.server.ts";
import type { MailSetup } from "./mail-setup.ts";
import { type QueueMailOutcome, queueDocumentMail, queueMailAgain } from "./queue-mail.server.ts";

const days = z.coerce.number().refine((value) => linkDays.some((offered) => offered === value));
const formSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("send_mail"), recipient: z.string().max(1_000) }),
  z.object({ intent: z.literal("send_mail_again"), mailId: z.string().uuid() }),
  z.object({ intent: z.literal("create_link"), days }),
  z.object({ intent: z.literal("revoke_link"), linkId: z.string().uuid() }),
  z.object({ intent: z.literal("restore_link"), linkId: z.string().uuid() }),
]);
type DeliveryForm = z.output<typeof formSchema>;

export interface DeliveryContext {
  db: Db;
  queue: () => Promise<Queue>;
  /** Null where mail is not set up. */
  mail: MailSetup | null;
  /** The public address of the app, which links begin with. */
  appUrl: string;
}

export interface DeliveryRequest {
  shopId: ShopId;
  documentId: string;
  actor: Actor;
}

/** The answer and its HTTP status; null when the document or what the form names is unknown (404). */
export type AnsweredDelivery = { status: 200 | 409 | 422; answer: DeliveryAnswer } | null;

/** Does what a form of the e-mail card or the link card asks for. */
export async function answerDeliveryForm(
  context: DeliveryContext,
  request: DeliveryRequest,
  fields: FormData,
): Promise<AnsweredDelivery> {
  // Before anything else is said: of another shop's document nothing is.
  if (!(await isDocument(context.db, request))) return null;
  const form = formSchema.safeParse(Object.fromEntries(fields));
  if (!form.success) return refuse("mail", 422, "That is no action of this page. Reload it.");
  return form.data.intent === "send_mail" || form.data.intent === "send_mail_again"
    ? answerMailForm(context, request, form.data)
    : answerLinkForm(context, request, form.data);
}

function isDocument(db: Db, { shopId, documentId }: DeliveryRequest): Promise<boolean> {
  return withShop(db, shopId, async ({ sql }) => {
    const rows = await sql`select from documents where shop_id = ${shopId} and id = ${documentId}`;
    return rows.length > 0;
  });
}

async function answerMailForm(
  { db, queue, mail }: DeliveryContext,
  { shopId, documentId, actor }: DeliveryRequest,
  form: Extract<DeliveryForm, { intent: "send_mail" | "send_mail_again" }>,
): Promise<AnsweredDelivery> {
  if (!mail) return refuse("mail", 409, "E-mail is not set up, so nothing was sent.");
  const open = await queue();
  const { result, change } = await withShop(db, shopId, async (tx) => {
    const result: QueueMailOutcome =
      form.intent === "send_mail"
        ? await queueDocumentMail(tx, open, mail, { shopId, documentId, recipient: form.recipient, actor })
        : await queueMailAgain(tx, open, mail, { shopId, documentId, mailId: form.mailId, actor });
    return { result, change: result.outcome === "queued" ? await countChange(tx, shopId) : null };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: [], documents: [documentId] });
  switch (result.outcome) {
    case "queued":
      return say("mail", "The e-mail is on its way.");
    case "waiting":
      return refuse("mail", 409, "An e-mail to this address is waiting already.");
    case "invalid":
      return refuse("mail", 422, result.reason, form.intent === "send_mail" ? form.recipient : null);
    case "too_many":
      return refuse("mail", 409, "This document was mailed twenty times today. Send it again tomorrow.");
    case "not_found":
      return null;
  }
}

async function answerLinkForm(
  { db, appUrl }: DeliveryContext,
  { shopId, documentId, actor }: DeliveryRequest,
  form: Exclude<DeliveryForm, { intent: "send_mail" | "send_mail_again" }>,
): Promise<AnsweredDelivery> {
  if (form.intent === "create_link") {
    const made = await createDocumentLink(db, { shopId, documentId, days: form.days, actor });
    switch (made.outcome) {
      case "created":
        return say("link", "The link is made.", new URL(`/d/${made.token}`, appUrl).href);
      case "too_many":
        return refuse("link", 409, "Ten links to this document are open. Revoke one first.");
      case "not_found":
        return null;
    }
  }
  const revokes = form.intent === "revoke_link";
  const link = { shopId, documentId, linkId: form.linkId, actor };
  const { outcome } = await (revokes ? revokeDocumentLink(db, link) : restoreDocumentLink(db, link));
  switch (outcome) {
    case "changed":
      return say(
        "link",
        revokes ? "The link is revoked. Whoever opens it is told so." : "The link works again.",
      );
    case "unchanged":
      return refuse(
        "link",
        409,
        revokes ? "The link was revoked already." : "The link cannot be given back any more.",
      );
    case "not_found":
      return null;
  }
}

type Card = DeliveryAnswer["card"];
const nothing = { said: null, problem: null, typedRecipient: null, linkUrl: null };

const say = (card: Card, said: string, linkUrl: string | null = null): AnsweredDelivery => ({
  status: 200,
  answer: { ...nothing, card, said, linkUrl },
});

const refuse = (
  card: Card,
  status: 409 | 422,
  problem: string,
  typedRecipient: string | null = null,
): AnsweredDelivery => ({ status, answer: { ...nothing, card, problem, typedRecipient } });
