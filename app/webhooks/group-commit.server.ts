/** Refused at once because too much is waiting; the sender should try again. */
export class TooManyWaiting extends Error {}

export interface GroupCommitOptions<Item> {
  /** Most items in one commit. */
  maxGroup: number;
  /** Commits under way at once. */
  maxInFlight: number;
  /** What may wait, in units of `sizeOf`; beyond it `add` refuses, so that an outage cannot fill the memory. */
  maxWaitingSize: number;
  sizeOf(item: Item): number;
  /** True for an error that would meet every item alike, so that trying them one by one is of no use. */
  isShared(error: unknown): boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits concurrent items together, without a timer: when no commit is under way an item is committed at once,
 * otherwise it joins the next group. Idle latency is one commit, and under load the groups grow by themselves.
 */
export class GroupCommit<Item, Result> {
  readonly #commit: (items: Item[]) => Promise<Result[]>;
  readonly #options: GroupCommitOptions<Item>;
  #waiting: Waiting<Item, Result>[] = [];
  #waitingSize = 0;
  #inFlight = 0;

  /** @param commit makes the items durable, all or none, and answers one result per item in the same order */
  constructor(commit: (items: Item[]) => Promise<Result[]>, options: GroupCommitOptions<Item>) {
    this.#commit = commit;
    this.#options = options;
  }

  /**
   * Resolves once the item is committed.
   * @throws TooManyWaiting, or whatever the commit of its group threw
   */
  add(item: Item): Promise<Result> {
    const size = this.#options.sizeOf(item);
    if (this.#waitingSize + size > this.#options.maxWaitingSize) return Promise.reject(new TooManyWaiting());
    this.#waitingSize += size;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // One turn of the event loop later: requests read in the same turn share the commit.
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#inFlight < this.#options.maxInFlight) {
      void this.#commitGroup(this.#waiting.splice(0, this.#options.maxGroup));
    }
  }

  async #commitGroup(group: Waiting<Item, Result>[]): Promise<void> {
    this.#inFlight += 1;
    try {
      await this.#commitAll(group);
    } finally {
      for (const { item } of group) this.#waitingSize -= this.#options.sizeOf(item);
      this.#inFlight -= 1;
      this.#flush();
    }
  }

  async #commitAll(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#commit(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (group.length === 1 || this.#options.isShared(error)) {
        for (const { reject } of group) reject(error);
      } else {
        // One item spoils the commit of all: alone each gets what it deserves.
        for (const one of group) await this.#commitAll([one]);
      }
    }
  }
}
