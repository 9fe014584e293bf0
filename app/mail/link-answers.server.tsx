import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Language, languages } from "../documents/document.ts";
import { linkWords } from "../documents/languages/link-words.ts";
import { DocumentPage } from "./document-page.tsx";
import { LinkMessage, LinkPageFrame } from "./link-page-frame.tsx";
import type { LinkedDocument } from "./linked-document.ts";

/** Nothing of a public page is kept, found, framed, or told to anybody else. */
const privateHeaders = {
  "Cache-Control": "private, no-store",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page of a document. @param stylesheet the address of the app's own */
export function answerWithDocument(token: string, document: LinkedDocument, stylesheet: string): Response {
  const words = linkWords[document.content.language];
  const kind = document.content.kind === "invoice" ? words.invoice : words.creditNote;
  return answerWithPage(200, {
    language: document.content.language,
    title: `${kind} ${document.number}`,
    stylesheet,
    children: <DocumentPage document={document} pdfHref={`/d/${encodeURIComponent(token)}/pdf`} />,
  });
}

/** The PDF, to be looked at or to be kept. */
export function answerWithFile(file: { name: string; bytes: Uint8Array }, download: boolean): Response {
  const name = file.name.replace(/[^\w.-]+/g, "-");
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      ...privateHeaders,
      "Content-Type": "application/pdf",
      "Content-Length": String(file.bytes.byteLength),
      "Content-Disposition": `${download ? "attachment" : "inline"}; filename="${name}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "Content-Security-Policy": "frame-ancestors 'none'",
    },
  });
}

export type Refusal = "unknown" | "expired" | "revoked" | "limited";

const statuses: Record<Refusal, number> = { unknown: 404, expired: 410, revoked: 410, limited: 429 };

/**
 * Says why there is nothing to see, in the browser's language. It is the same page for every wrong token, whatever
 * is wrong with it.
 */
export function refuseLink(
  request: Request,
  refusal: Refusal,
  stylesheet: string,
  retryAfterSeconds = 0,
): Response {
  const language = chosenLanguage(request.headers.get("Accept-Language") ?? "");
  const words = linkWords[language];
  const said = {
    unknown: { title: words.unknownTitle, sentence: words.unknown },
    expired: { title: words.goneTitle, sentence: words.expired },
    revoked: { title: words.goneTitle, sentence: words.revoked },
    limited: { title: words.tooManyTitle, sentence: words.tooMany },
  }[refusal];
  return answerWithPage(
    statuses[refusal],
    { language, title: said.title, stylesheet, children: <LinkMessage {...said} /> },
    refusal === "limited" ? { "Retry-After": String(retryAfterSeconds) } : {},
  );
}

function answerWithPage(
  status: number,
  page: { language: Language; title: string; stylesheet: string; children: ReactElement },
  headers: Record<string, string> = {},
): Response {
  return new Response(`<!doctype html>${renderToStaticMarkup(<LinkPageFrame {...page} />)}`, {
    status,
    headers: {
      ...privateHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": pagePolicy,
      ...headers,
    },
  });
}

/** The first of the browser's languages that is among ours; browsers name them in the order of preference. */
function chosenLanguage(acceptLanguage: string): Language {
  const wanted = acceptLanguage.split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((code) => languages.filter((language) => language === code))[0] ?? "en";
}
