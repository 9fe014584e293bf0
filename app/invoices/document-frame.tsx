import { useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";

interface DocumentFrameProps {
  /** For the print shortcut, which asks the frame. */
  id?: string;
  title: string;
  href: string;
}

/** A PDF inside the page. The link that it was opened with stays: a newer one leads to the same bytes. */
export function DocumentFrame({ id, title, href }: DocumentFrameProps) {
  const [source] = useState(href);
  return (
    <PdfFrame
      id={id}
      title={title}
      href={source}
      className="aspect-[1/1.42] w-full rounded-card border border-line bg-surface"
    />
  );
}

/** The frame alone. Chromium draws no PDF on a page without JavaScript: there stands a link in its place. */
export function PdfFrame({ id, title, href, className }: DocumentFrameProps & { className: string }) {
  if (!useHydrated()) {
    return (
      <div className={`${className} noscript:aspect-auto`}>
        <noscript>
          <p className="p-4">
            {title}: the document is drawn here only with JavaScript.{" "}
            <a href={href} download className="inline-block py-0.5 font-medium text-link underline">
              Save the PDF
            </a>
          </p>
        </noscript>
      </div>
    );
  }
  return (
    <iframe
      // A new document, not a new page of the old one: the frame's own history must not take "back" over.
      key={href}
      id={id}
      title={title}
      src={`${href}#toolbar=0&navpanes=0&view=FitH`}
      className={className}
    />
  );
}
