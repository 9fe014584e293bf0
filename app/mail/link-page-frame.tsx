import type { ReactNode } from "react";
import type { Language } from "../documents/document.ts";

/** The whole HTML of a public page: the app's own stylesheet, no script, nothing from anybody else. */
export function LinkPageFrame({
  language,
  title,
  stylesheet,
  children,
}: {
  language: Language;
  title: string;
  stylesheet: string;
  children: ReactNode;
}) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="stylesheet" href={stylesheet} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main className="mx-auto grid w-full max-w-2xl gap-5 px-4 py-8 text-[0.9375rem] leading-6 sm:py-14">
          {children}
        </main>
      </body>
    </html>
  );
}

/** A public page that only says why there is nothing to see. */
export function LinkMessage({ title, sentence }: { title: string; sentence: string }) {
  return (
    <div className="grid gap-2 rounded-card bg-surface px-6 py-8 shadow-card">
      <h1 className="text-title font-semibold">{title}</h1>
      <p className="text-ink-subtle">{sentence}</p>
    </div>
  );
}
