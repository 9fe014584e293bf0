import { useState } from "react";

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
    <iframe
      id={id}
      title={title}
      src={`${source}#toolbar=0&navpanes=0&view=FitH`}
      className="aspect-[1/1.42] w-full rounded-card border border-line bg-surface"
    />
  );
}
