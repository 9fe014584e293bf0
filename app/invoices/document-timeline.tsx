import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import { type DocumentEvent, describeDocumentEvent } from "./describe-document-event.ts";

/** What happened around a document, newest first. */
export function DocumentTimeline({ events }: { events: DocumentEvent[] }) {
  return (
    <Card title="Timeline">
      <ol className="grid">
        {events.map((event) => (
          <li
            key={event.id}
            className="relative flex flex-wrap justify-between gap-x-4 pb-3 pl-6 before:absolute before:top-2 before:-bottom-2 before:left-[5px] before:w-px before:bg-line last:pb-0 last:before:hidden"
          >
            <span
              aria-hidden="true"
              className={`absolute top-1 left-0 size-[11px] rounded-full border-2 border-surface ${event.actorKind === "merchant" ? "bg-link" : "bg-line-strong"}`}
            />
            <p className="min-w-0 [overflow-wrap:anywhere]">{describeDocumentEvent(event)}</p>
            <p className="text-small leading-5 text-ink-subtle">
              <Time at={event.createdAt} />
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
