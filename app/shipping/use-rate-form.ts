import { useEffect, useRef, useState } from "react";
import type { RateAnswer } from "./rate-answer.ts";
import { type RateErrors, readTypedRate, type TypedRate, toTypedRate } from "./rate-form.ts";
import type { SavedRate } from "./shipping-rates.server.ts";

/** The form's state: what was opened, what is typed, and whether somebody else has saved meanwhile. */
export function useRateForm(saved: SavedRate | null, currency: string, answer: RateAnswer | null) {
  const stored = toTypedRate(saved?.rate ?? null, currency);
  const storedVersion = saved?.version ?? 0;
  const form = useRef<HTMLFormElement>(null);
  const [opened, setOpened] = useState({ version: answer?.openedVersion ?? storedVersion, typed: stored });
  const [typed, setTyped] = useState(answer?.typed ?? stored);
  const [errors, setErrors] = useState<RateErrors>(answer?.errors ?? {});
  const dirty = !isSame(typed, opened.typed);

  // Somebody may have typed before the script was there.
  useEffect(() => {
    if (form.current) setTyped(readTypedRate(new FormData(form.current)));
  }, []);

  const seen = useRef(answer);
  useEffect(() => {
    if (!answer || answer === seen.current) return;
    seen.current = answer;
    setErrors(answer.errors);
    if (answer.done) setOpened({ version: answer.openedVersion ?? 0, typed });
    const faulty = Object.keys(answer.errors)[0];
    if (faulty) form.current?.querySelector<HTMLElement>(`[data-field="${faulty}"]`)?.focus();
  }, [answer, typed]);

  // An untouched form shows what others save.
  const { version } = opened;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the stored rate changes, not at every key
  useEffect(() => {
    if (storedVersion === version || dirty) return;
    setOpened({ version: storedVersion, typed: stored });
    setTyped(stored);
  }, [storedVersion, version, dirty]);

  return {
    form,
    typed,
    errors,
    dirty,
    openedVersion: version,
    theirs: saved && storedVersion > version && !isSame(typed, stored) ? saved : null,
    /** A change of what is typed; `mends` are the fields whose errors it answers. */
    change(next: TypedRate, mends: (field: string) => boolean) {
      setTyped(next);
      setErrors((known) => Object.fromEntries(Object.entries(known).filter(([field]) => !mends(field))));
    },
    takeTheirs() {
      setOpened({ version: storedVersion, typed: stored });
      setTyped(stored);
      setErrors({});
    },
  };
}

const isSame = (left: TypedRate, right: TypedRate) => JSON.stringify(left) === JSON.stringify(right);
