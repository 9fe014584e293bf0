import { type Response, Router } from "express";
import { parseMessage } from "../outbox/parse-message.ts";
import type { SmtpCatcher } from "../outbox/smtp-catcher.ts";
import { outboxMessagePage, outboxPage } from "./outbox-pages.ts";

/** The outbox: the mails that the app has sent, to be read and their attachments to be kept. */
export function outboxRoutes(
  outbox: SmtpCatcher | null,
  sendPage: (response: Response, page: string) => void,
): Router {
  const router = Router();
  const messages = outbox?.messages ?? [];
  router.get("/outbox", (_request, response) => sendPage(response, outboxPage(messages)));
  router.get("/outbox/:index", (request, response) => {
    const message = messages[Number(request.params.index)];
    if (message) sendPage(response, outboxMessagePage(message, Number(request.params.index)));
    else response.status(404).type("text").send("There is no such mail.\n");
  });
  router.get("/outbox/:index/attachments/:at", (request, response) => {
    const message = messages[Number(request.params.index)];
    const file = message && parseMessage(message.raw).attachments[Number(request.params.at)];
    if (!file) {
      response.status(404).type("text").send("There is no such file.\n");
      return;
    }
    response.attachment(file.name).type(file.contentType).send(file.bytes);
  });
  return router;
}
