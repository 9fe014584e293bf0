import type { LoaderFunctionArgs } from "@remix-run/node";
import { isView } from "../mail/is-view.ts";
import { answerWithDocument, refuseLink } from "../mail/link-answers.server.tsx";
import { openDocumentLink } from "../mail/open-document-link.server.ts";
import { readLinkedDocument } from "../mail/read-linked-document.server.ts";
import stylesheet from "../styles.css?url";
import { webProcess } from "../web-process.server.ts";

/** The public page of a document. Outside the app: no session, no script, and the token is all that is asked. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const token = params.token ?? "";
  const visit = { token, address: context.clientAddress, isView: isView(request) };
  const link = await openDocumentLink(db, encryptionKey, visit);
  switch (link.outcome) {
    case "open": {
      const document = await readLinkedDocument(db, link.shopId, link.documentId);
      return document
        ? answerWithDocument(token, document, stylesheet)
        : refuseLink(request, "revoked", stylesheet);
    }
    case "limited":
      return refuseLink(request, "limited", stylesheet, link.retryAfterSeconds);
    case "expired":
    case "revoked":
    case "unknown":
      return refuseLink(request, link.outcome, stylesheet);
  }
}
