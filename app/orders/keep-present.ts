import type { EditableField } from "./order.ts";
import { beatMs, type OtherPerson } from "./presence.ts";

/** From one report to the next, whatever happens in between. */
const gapMs = 300;

/** Without an answer for this long nobody knows who is there. */
const unknownAfterMs = 8_000;

interface PresenceParts {
  /** Says where the person is. @returns the others, or null when there is no such order any more */
  report(field: EditableField | null): Promise<OtherPerson[] | null>;
  onOthers(others: OtherPerson[]): void;
}

export interface KeptPresence {
  /** The person has gone to another field. */
  enter(field: EditableField | null): void;
  /** Somebody else has come, gone or moved: ask at once. */
  ask(): void;
  /** Says nothing more, until {@link KeptPresence.resume}. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Keeps saying that this tab is there: at once when something changes, otherwise every few seconds. */
export function keepPresent({ report, onOthers }: PresenceParts): KeptPresence {
  let field: EditableField | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay = false;
  let wanted = false;
  let silent = false;
  let stopped = false;
  let sentAt = Number.NEGATIVE_INFINITY;
  let heardAt = performance.now();

  const plan = (waitMs: number) => {
    clearTimeout(timer);
    if (!silent && !stopped) timer = setTimeout(() => void send(), waitMs);
  };
  const soon = () => {
    if (underWay) wanted = true;
    else plan(Math.max(0, sentAt + gapMs - performance.now()));
  };
  const send = async () => {
    underWay = true;
    wanted = false;
    sentAt = performance.now();
    try {
      const others = await report(field);
      heardAt = performance.now();
      if (others === null) stopped = true;
      if (!silent) onOthers(others ?? []);
    } catch {
      // The server is away or the session is over. Another report tells, or the screen does.
      if (performance.now() - heardAt > unknownAfterMs) onOthers([]);
    }
    underWay = false;
    plan(wanted ? gapMs : beatMs);
  };
  soon();

  return {
    enter(next) {
      if (next === field) return;
      field = next;
      soon();
    },
    ask: soon,
    pause() {
      silent = true;
      clearTimeout(timer);
    },
    resume() {
      if (!silent) return;
      silent = false;
      soon();
    },
    stop() {
      stopped = true;
      silent = true;
      clearTimeout(timer);
    },
  };
}
