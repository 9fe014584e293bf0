import { useEffect, useState } from "react";
import { normaliseText } from "../normalise-text.ts";
import { dropNoteDraft, keepNoteDraft, readNoteDraft } from "./note-draft.ts";
import type { NoteAnswer } from "./note-form.ts";

interface StoredNote {
  version: number;
  note: string | null;
}

/**
 * The form of a note while it is open. A live change moves the version it was opened at only when nothing was typed:
 * otherwise the save would no longer notice what it overwrites.
 */
export function useNoteForm(stored: StoredNote, answer: NoteAnswer | null, draftKey: string) {
  const submitted = answer?.submitted ?? null;
  const [opened, setOpened] = useState<StoredNote>(() =>
    submitted?.version
      ? { version: submitted.version, note: normaliseText(submitted.openedNote) }
      : { version: stored.version, note: stored.note },
  );
  const [typed, setTyped] = useState(submitted?.note ?? stored.note ?? "");
  const mine = normaliseText(typed);
  const dirty = mine !== opened.note;

  // Nothing was typed, or it says what is stored by now: the form is the stored note again.
  if (opened.version !== stored.version && (!dirty || mine === stored.note)) {
    setOpened({ version: stored.version, note: stored.note });
    setTyped(stored.note ?? "");
  }

  useEffect(() => {
    const draft = readNoteDraft(draftKey);
    if (!draft) return;
    setOpened(draft.opened);
    setTyped(draft.typed);
  }, [draftKey]);

  useEffect(() => {
    if (dirty) keepNoteDraft(draftKey, { opened, typed });
    else dropNoteDraft(draftKey);
  }, [draftKey, dirty, opened, typed]);

  return {
    typed,
    setTyped,
    opened,
    dirty,
    /** Somebody else has changed the note meanwhile. */
    conflict: dirty && opened.version !== stored.version,
    /** Lets go of what was typed. */
    takeTheirs() {
      setOpened({ version: stored.version, note: stored.note });
      setTyped(stored.note ?? "");
    },
  };
}
