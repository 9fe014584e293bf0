import type { LoaderFunctionArgs } from "@remix-run/node";
import { refuseFile, sendBytes } from "../exports/send-file.server.ts";
import { findCurrentLogo } from "../invoices/change-logo.server.ts";
import { verifyShopLink } from "../invoices/file-link.server.ts";
import { webProcess } from "../web-process.server.ts";

/** The shop's logo. A picture is asked for without a session: the link's own token says whose. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const right = await verifyShopLink(db, encryptionKey, request);
  if (right.outcome === "refused") return refuseFile(right.status, right.sentence);
  const logo = await findCurrentLogo(db, right.shop.id);
  if (!logo) return refuseFile(404, "There is no logo.");
  return sendBytes(logo.bytes, { contentType: logo.mediaType, name: "logo", inline: true });
}
