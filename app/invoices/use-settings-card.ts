import { useEffect, useRef, useState } from "react";
import type { SettingsAnswer } from "./settings-answer.ts";
import { readTypedSettings, type SettingsErrors, type TypedSettings } from "./settings-typed.ts";

/**
 * One card's state: what was opened, what is typed, and whether somebody else has saved the same card meanwhile. All
 * cards share one version; a save of another card only moves it on.
 *
 * @param proposed values for blank fields, there to be saved; a card that shows nothing else of its own is untouched
 */
export function useSettingsCard(
  stored: TypedSettings,
  storedVersion: number,
  answer: SettingsAnswer | null,
  proposed: TypedSettings,
) {
  const form = useRef<HTMLFormElement>(null);
  const [opened, setOpened] = useState({
    version: answer?.openedVersion ?? storedVersion,
    typed: stored,
    // A page that a plain browser got as the answer to a refused save does not know what it was opened with.
    contested: answer?.conflict ?? false,
  });
  // As it was opened: once somebody has saved the card, nothing is proposed any more.
  const [offered] = useState(proposed);
  const [typed, setTyped] = useState(answer?.typed ?? { ...stored, ...offered });
  const [errors, setErrors] = useState<SettingsErrors>(answer?.errors ?? {});
  const untouched = isSame(typed, opened.typed) || isSame(typed, { ...opened.typed, ...offered });
  const dirty = opened.contested || !untouched;

  // Somebody may have typed before the script was there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the script takes over
  useEffect(() => {
    if (form.current) setTyped(readTypedSettings(new FormData(form.current), stored));
  }, []);

  const seen = useRef(answer);
  useEffect(() => {
    if (!answer || answer === seen.current) return;
    seen.current = answer;
    setErrors(answer.errors);
    if (answer.done === "saved" || answer.done === "unchanged")
      setOpened({ version: answer.openedVersion ?? 0, typed, contested: false });
    const faulty = Object.keys(answer.errors)[0];
    if (faulty) form.current?.querySelector<HTMLElement>(`[data-field="${faulty}"]`)?.focus();
  }, [answer, typed]);

  // An untouched card shows what others save; one that nobody else touched only follows the version.
  const { version } = opened;
  const untouchedByOthers = !opened.contested && isSame(stored, opened.typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the stored card changes, not at every key
  useEffect(() => {
    if (storedVersion === version || (dirty && !untouchedByOthers)) return;
    setOpened({ version: storedVersion, typed: stored, contested: false });
    if (!dirty) setTyped(stored);
  }, [storedVersion, version, dirty, untouchedByOthers]);

  return {
    form,
    typed,
    errors,
    dirty,
    openedVersion: version,
    /** For the server to tell whether this card is what changed meanwhile; null when the card does not know. */
    opened: opened.contested ? null : opened.typed,
    isConflict: storedVersion > version && !untouchedByOthers && !isSame(typed, stored),
    set(name: string, value: string) {
      setTyped((known) => ({ ...known, [name]: value }));
      setErrors(({ [name]: _, ...others }) => others);
    },
    takeTheirs() {
      setOpened({ version: storedVersion, typed: stored, contested: false });
      setTyped(stored);
      setErrors({});
    },
  };
}

const isSame = (left: TypedSettings, right: TypedSettings) =>
  Object.keys(right).every((name) => (left[name] ?? "") === right[name]);
