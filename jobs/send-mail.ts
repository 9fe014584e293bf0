import { log } from "../app/log.server.ts";
import { sendMail } from "../app/mail/send-mail.server.ts";
import type { ShopId } from "../app/shops/shop.ts";
import { defineJob } from "./define-job.ts";

/** Sends one mail. Two at a time: each waits for a mail server and holds two connections meanwhile. */
export const sendMailJob = defineJob(
  "send-mail",
  async ({ db, queue, mail }, { shopId, mailId }) => {
    if (!mail) throw new Error("E-mail is not set up in this worker (SMTP_URL, MAIL_FROM).");
    const outcome = await sendMail(db, queue, mail, { shopId: shopId as ShopId, mailId });
    log.info({ job: "send-mail", mailId, outcome }, "a mail was worked on");
  },
  { atOnce: 2 },
);
