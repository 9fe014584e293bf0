import { diffWords } from "./diff-words.ts";

/** A text with what was put in and taken out marked, for eyes. Assistive technology gets the plain text. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  return (
    <>
      <span className="sr-only">{after}</span>
      <span className="block max-h-48 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
        <span aria-hidden="true">
          {diffWords(before, after).map(({ kind, text }, place) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
            if (kind === "same") return <span key={place}>{text}</span>;
            return kind === "added" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <ins key={place} className="mx-px rounded-xs bg-success px-px text-on-success">
                {text}
              </ins>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <del key={place} className="mx-px rounded-xs bg-critical px-px text-on-critical">
                {text}
              </del>
            );
          })}
        </span>
      </span>
    </>
  );
}
