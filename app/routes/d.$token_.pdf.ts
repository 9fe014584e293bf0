import type { LoaderFunctionArgs } from "@remix-run/node";
import { readDocumentFile } from "../invoices/document-file.server.ts";
import { answerWithFile, refuseLink } from "../mail/link-answers.server.tsx";
import { openDocumentLink } from "../mail/open-document-link.server.ts";
import { readLinkedDocument } from "../mail/read-linked-document.server.ts";
import stylesheet from "../styles.css?url";
import { webProcess } from "../web-process.server.ts";

/** The PDF behind a public link; counted by its page, not here. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const visit = { token: params.token ?? "", address: context.clientAddress, isView: false };
  const link = await openDocumentLink(db, encryptionKey, visit);
  switch (link.outcome) {
    case "open": {
      const document = await readLinkedDocument(db, link.shopId, link.documentId);
      const file = document && (await readDocumentFile(db, link.shopId, link.documentId));
      return file
        ? answerWithFile(file, new URL(request.url).searchParams.has("download"))
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
