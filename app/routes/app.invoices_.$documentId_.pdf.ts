import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { refuseFile, sendBytes } from "../exports/send-file.server.ts";
import { readDocumentFile } from "../invoices/document-file.server.ts";
import { verifyFileLink } from "../invoices/file-link.server.ts";
import { webProcess } from "../web-process.server.ts";

/** A document's PDF, in a frame or as a download. Neither sends a session: the link's own token says whose it is. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const documentId = z.string().uuid().safeParse(params.documentId);
  if (!documentId.success) return refuseFile(404, "There is no such file.");
  const right = await verifyFileLink(encryptionKey, documentId.data, request);
  if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
  const file = await readDocumentFile(db, right.shopId, documentId.data);
  if (!file) return refuseFile(404, "There is no such file.");
  const etag = `"${file.sha256}"`;
  if (request.headers.get("If-None-Match") === etag)
    return new Response(null, { status: 304, headers: { ETag: etag, "Cache-Control": "private, no-cache" } });
  const inline = !new URL(request.url).searchParams.has("download");
  return sendBytes(file.bytes, { contentType: "application/pdf", name: file.name, inline, etag });
}
