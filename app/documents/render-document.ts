import type { IssuedDocument } from "./document.ts";

export function renderDocument(
  _document: IssuedDocument,
  _options: { logo: Uint8Array | null; draft?: true },
): Promise<Uint8Array> {
  return Promise.resolve(Buffer.from("%PDF-1.7\n"));
}
