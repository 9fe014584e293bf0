import type { ReactNode } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { Time } from "../ui/time.tsx";
import type { OrderTerms } from "./describe-change.ts";
import { describeShipment } from "./describe-shipment.ts";
import type { EditableFields } from "./order.ts";
import type { TimelineEntry } from "./orders.server.ts";
import { OverwrittenValues } from "./overwritten-values.tsx";
import { TimelineChanges } from "./timeline-changes.tsx";
import { type TimelineNote, weaveTimeline } from "./weave-timeline.ts";

/** Who changed what and when, newest first: one entry for each version, with notes woven in by their time. */
export function Timeline({
  entries,
  notes = [],
  current,
  terms,
}: {
  entries: TimelineEntry[];
  notes?: TimelineNote[];
  /** The order's values now, to tell which kept ones can still be put back. */
  current: EditableFields & { version: number };
  terms: OrderTerms;
}) {
  return (
    <Card title="Timeline">
      <ol className="grid">
        {weaveTimeline(entries, notes).map(({ entry, note }) =>
          entry ? (
            <Moment key={`version ${entry.version}`} by={entry.actorKind}>
              <div className="flex flex-wrap justify-between gap-x-4">
                <p className="font-medium">
                  {describeEntry(entry)}
                  {entry.bulkActionId && (
                    <AppLink to={`/app/bulk/${entry.bulkActionId}`} className="ml-1.5 text-link underline">
                      in a bulk action
                    </AppLink>
                  )}
                </p>
                <p className="text-small leading-5 text-ink-subtle">
                  Version {entry.version} · <Time at={entry.createdAt} />
                </p>
              </div>
              <TimelineChanges changes={entry.changes} terms={terms} />
              {entry.overwritten && (
                <OverwrittenValues
                  version={entry.version}
                  values={entry.overwritten}
                  current={current}
                  terms={terms}
                />
              )}
            </Moment>
          ) : (
            <Moment key={`note ${note.id}`} by={note.actorKind}>
              <Note note={note} />
            </Moment>
          ),
        )}
      </ol>
    </Card>
  );
}

function Moment({ by, children }: { by: string; children: ReactNode }) {
  return (
    <li className="relative pb-4 pl-6 before:absolute before:top-2 before:-bottom-2 before:left-[5px] before:w-px before:bg-line last:pb-0 last:before:hidden">
      <span
        aria-hidden="true"
        className={`absolute top-1 left-0 size-[11px] rounded-full border-2 border-surface ${by === "merchant" ? "bg-link" : "bg-line-strong"}`}
      />
      {children}
    </li>
  );
}

function Note({ note }: { note: TimelineNote }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <p className="min-w-0 font-medium [overflow-wrap:anywhere]">
        {note.to ? (
          <AppLink to={note.to} className="text-link underline">
            {note.text}
          </AppLink>
        ) : (
          note.text
        )}
      </p>
      <p className="text-small leading-5 text-ink-subtle">
        <Time at={note.createdAt} />
      </p>
    </div>
  );
}

function describeEntry({ kind, actorName, changes }: TimelineEntry): string {
  switch (kind) {
    case "created":
      return `${actorName} sent the order`;
    case "synced":
      return `${actorName} changed the order`;
    case "edited":
      return `${actorName} edited the order`;
    case "forced":
      return `${actorName} saved over somebody else's change`;
    case "restored":
      return `${actorName} put values back`;
    case "reviewed":
      return `${actorName} had a look and left it so`;
    case "shipment":
      return `Shipment ${describeShipment(String(changes.shipment?.to ?? "changed")).label.toLowerCase()}`;
    case "deleted":
      return `${actorName} deleted the order`;
    case "erased":
      return "A privacy request erased personal data";
    default:
      return `${actorName}: ${kind}`;
  }
}
