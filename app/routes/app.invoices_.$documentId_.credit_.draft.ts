import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { refuseFile, sendBytes } from "../exports/send-file.server.ts";
import { drawCreditNote } from "../invoices/draw-credit-note.server.ts";
import { verifyFileLink } from "../invoices/file-link.server.ts";
import { webProcess } from "../web-process.server.ts";

/** A credit note that is not issued yet, drawn as a draft: the link's own token says whose it is. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const documentId = z.string().uuid().safeParse(params.documentId);
  if (!documentId.success) return refuseFile(404, "There is no such file.");
  const right = await verifyFileLink(encryptionKey, documentId.data, request);
  if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
  const fields = new URL(request.url).searchParams;
  const bytes = await drawCreditNote(db, { shopId: right.shopId, documentId: documentId.data, fields });
  return bytes
    ? sendBytes(bytes, { contentType: "application/pdf", name: "draft.pdf", inline: true })
    : refuseFile(404, "There is nothing to draw.");
}
