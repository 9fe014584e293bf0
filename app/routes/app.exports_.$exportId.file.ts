import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { verifyDownload } from "../exports/download-token.server.ts";
import { findExportedFile } from "../exports/exports.server.ts";
import { refuseFile, sendFile } from "../exports/send-file.server.ts";
import { webProcess } from "../web-process.server.ts";

/** Downloads a file. A route without a page and without a session: the link's own token says whose file it is. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const { db, encryptionKey } = webProcess();
  const exportId = z.string().uuid().safeParse(params.exportId);
  const url = new URL(request.url);
  const token = url.searchParams.get("token") ?? "";
  if (!exportId.success) return refuseFile(404, "There is no such file.");
  const right = await verifyDownload(encryptionKey, exportId.data, token);
  if (right.outcome === "refused") return refuseFile(404, "There is no such file.");
  if (right.outcome === "expired")
    return refuseFile(
      410,
      "This link was good for 15 minutes. Open the exports page again: it has a new one.",
    );
  const file = await findExportedFile(db, right.shopId, exportId.data);
  if (!file) return refuseFile(404, "There is no such file.");
  if (file.expired)
    return refuseFile(410, "This file was kept for a day and is deleted. Export the list again.");
  // Only a PDF of ours may be opened in the browser: nothing in it can run.
  const inline = file.format === "pdf" && url.searchParams.has("print");
  return sendFile(db, { shopId: right.shopId, exportId: exportId.data, file, inline }, context.drained);
}
