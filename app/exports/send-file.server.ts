import type { Db } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { exportFormats } from "./export-format.ts";
import { type ExportedFile, readExportChunk } from "./exports.server.ts";

interface FileToSend {
  shopId: ShopId;
  exportId: string;
  file: ExportedFile;
  /** Opened by the browser instead of saved: a PDF to be printed. */
  inline?: boolean;
}

/**
 * Answers with a file, piece by piece: the next is read when the browser has taken the one before.
 * @param drained resolves when the connection can take more, or is gone
 */
export function sendFile(
  db: Db,
  { shopId, exportId, file, inline = false }: FileToSend,
  drained: () => Promise<void>,
): Response {
  let position = 0;
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await drained();
        const chunk = await readExportChunk(db, shopId, exportId, position);
        position += 1;
        if (chunk) {
          sent += chunk.length;
          return controller.enqueue(chunk);
        }
        // A file that was deleted meanwhile must not look like a whole one.
        if (sent !== file.bytes) throw new Error("the file was deleted while it was sent");
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const name = `${file.screen}-${file.day}.${file.format}`;
  return new Response(body, {
    headers: {
      "Content-Type": exportFormats[file.format].contentType,
      "Content-Length": String(file.bytes),
      "Content-Disposition": `${inline ? "inline" : "attachment"}; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
  });
}

/** Answers with bytes that are all there. Their hash names them, so a browser that has them is not sent them again. */
export function sendBytes(
  bytes: Uint8Array,
  { contentType, name, inline, etag }: { contentType: string; name: string; inline: boolean; etag?: string },
): Response {
  return new Response(Buffer.from(bytes), {
    headers: {
      "Content-Type": contentType,
      "Content-Length": String(bytes.length),
      "Content-Disposition": `${inline ? "inline" : "attachment"}; filename="${plainName(name)}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "Cache-Control": etag ? "private, no-cache" : "private, no-store",
      ...(etag && { ETag: etag }),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
  });
}

/** For browsers that know only the old parameter, which holds no quotes and no other alphabets. */
const plainName = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, "-");

/** A page for a browser that followed a link which is no good any more; it stands alone, as a download does. */
export function refuseFile(status: 404 | 410, sentence: string): Response {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>No file</title>
<body style="font: 1rem/1.5 sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem"><h1>No file</h1>
<p>${sentence}</p></body></html>`;
  return new Response(page, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
  });
}
