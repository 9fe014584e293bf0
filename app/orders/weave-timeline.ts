/** Something beside the versions that the timeline tells, such as an invoice that was issued. */
export interface TimelineNote {
  id: string;
  /** One sentence. */
  text: string;
  actorKind: string;
  /** ISO 8601. */
  createdAt: string;
  /** Where to read more. */
  to: string | null;
}

interface Version {
  version: number;
  createdAt: string;
}

export type Woven<Entry> = { entry: Entry; note?: never } | { entry?: never; note: TimelineNote };

/**
 * Weaves notes into the versions, newest first. A note that was made in the same transaction as a version came of it
 * and stands above it; versions keep their order whatever their times say.
 * @param entries newest first
 * @param notes newest first
 */
export function weaveTimeline<Entry extends Version>(
  entries: Entry[],
  notes: TimelineNote[],
): Woven<Entry>[] {
  const woven: Woven<Entry>[] = [];
  let next = 0;
  for (const entry of entries) {
    const at = Date.parse(entry.createdAt);
    for (let note = notes[next]; note && Date.parse(note.createdAt) >= at; note = notes[next]) {
      woven.push({ note });
      next += 1;
    }
    woven.push({ entry });
  }
  return [...woven, ...notes.slice(next).map((note) => ({ note }))];
}
