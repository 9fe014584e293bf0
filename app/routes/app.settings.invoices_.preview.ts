import type { LoaderFunctionArgs } from "@remix-run/node";
import { refuseFile, sendBytes } from "../exports/send-file.server.ts";
import { verifyShopLink } from "../invoices/file-link.server.ts";
import { previewTemplate } from "../invoices/preview-document.server.ts";
import { webProcess } from "../web-process.server.ts";

/** An invoice in a look that is not saved yet. A frame asks for it without a session: the link's own token says whose. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const right = await verifyShopLink(db, encryptionKey, request);
  if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
  const typed = Object.fromEntries(new URL(request.url).searchParams);
  const bytes = await previewTemplate(db, right.shop, typed);
  return bytes
    ? sendBytes(bytes, { contentType: "application/pdf", name: "preview.pdf", inline: true })
    : refuseFile(404, "This cannot be drawn yet: see the marked fields of the template.");
}
