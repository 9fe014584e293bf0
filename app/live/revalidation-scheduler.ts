/** From one start to the next: about three a second. */
const gapMs = 350;

/** After a read of which a part failed: soon enough to be right again, seldom enough for a server in trouble. */
const retryMs = 2_000;

/** A revalidation that has not ended after this is given up for lost, so that it cannot block the next one. */
const patienceMs = 15_000;

/**
 * Decides when the screen reads its data again: at once when something has changed, then at most every 350 ms,
 * and never twice at a time, so that a burst of changes costs a few reads.
 *
 * Every change of a shop has a number. A read covers each change whose number was heard before the read began,
 * because that change was committed by then. Whatever carries a higher number asks for another read.
 */
export class RevalidationScheduler {
  readonly #revalidate: () => void;
  #heard = 0;
  #covered = -1;
  /** What the read under way will cover; null while there is none. */
  #underWay: number | null = null;
  #wanted = false;
  #stopped = false;
  #startedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(revalidate: () => void) {
    this.#revalidate = revalidate;
  }

  /** A stream has opened: what happened between the page's load, or the last stream's end, and now is unknown. */
  connected(change: number): void {
    this.#hear(change);
    this.#want();
  }

  /** Hints were lost. */
  resync(): void {
    this.#want();
  }

  /** A change was committed, or a heartbeat repeats the last one's number. */
  changed(change: number): void {
    this.#hear(change);
    if (change > Math.max(this.#covered, this.#underWay ?? -1)) this.#want();
  }

  /** @param complete false when a part of the screen could not be read; it is then read again after a while */
  finished(complete = true): void {
    if (this.#underWay === null) return;
    clearTimeout(this.#patience);
    if (complete) this.#covered = Math.max(this.#covered, this.#underWay);
    else this.#startedAt = performance.now() + retryMs - gapMs;
    this.#wanted ||= !complete;
    this.#underWay = null;
    this.#plan();
  }

  /** For good: the screen is gone, or the server said that it answers no more. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#stopped = true;
  }

  #hear(change: number): void {
    this.#heard = Math.max(this.#heard, change);
  }

  #want(): void {
    this.#wanted = true;
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || !this.#wanted || this.#underWay !== null) return;
    const waitMs = this.#startedAt + gapMs - performance.now();
    if (waitMs > 0) this.#timer = setTimeout(() => this.#start(), waitMs);
    else this.#start();
  }

  #start(): void {
    this.#wanted = false;
    this.#underWay = this.#heard;
    this.#startedAt = performance.now();
    this.#patience = setTimeout(() => this.finished(false), patienceMs);
    this.#revalidate();
  }
}
