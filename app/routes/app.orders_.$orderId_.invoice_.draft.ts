import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { refuseFile, sendBytes } from "../exports/send-file.server.ts";
import { acceptsDifference } from "../invoices/accept-difference.ts";
import { previewDocuments } from "../invoices/drafts.server.ts";
import { verifyFileLink } from "../invoices/file-link.server.ts";
import { renderDraft } from "../invoices/preview-document.server.ts";
import { orderIdSchema } from "../orders/order.ts";
import { webProcess } from "../web-process.server.ts";

const placeSchema = z.coerce.number().int().min(0).max(9).catch(0);

/** A document that is not issued yet, drawn as a draft. A frame asks for it: the link's own token says whose it is. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) return refuseFile(404, "There is no such file.");
  const right = await verifyFileLink(encryptionKey, orderId.data, request);
  if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
  const { searchParams } = new URL(request.url);
  const acceptDifference = acceptsDifference(searchParams);
  const preview = await previewDocuments(db, right.shopId, orderId.data, { acceptDifference });
  const place = placeSchema.parse(searchParams.get("place"));
  const content = preview.outcome === "preview" ? preview.contents[place] : undefined;
  if (!content) return refuseFile(404, "There is nothing left to draw.");
  const bytes = await renderDraft(db, right.shopId, content);
  return sendBytes(bytes, { contentType: "application/pdf", name: "draft.pdf", inline: true });
}
