import type { ShopId } from "../shops/shop.ts";

/** Batches of one shop that a process has at a time; more would only wait for each other at its change number. */
const lanesPerShop = 3;

/**
 * Who sees to which shop while batches are applied side by side. Most lanes walk from shop to shop and leave out whoever
 * another one is busy with. A shop that fills its share of a claim floods: it gets lanes of its own, which take nothing
 * else, and the walkers pass it by until it has calmed down. So what arrives for another shop waits for one batch of the
 * flood at most, and for none while a lane is free.
 */
export class Lanes {
  readonly #most: number;
  /** Lanes that all floods have together: two are left for everybody else, as far as there are enough. */
  readonly #mostForFloods: number;
  #open = 0;
  /** Batches of walkers that each shop is in. */
  readonly #walking = new Map<ShopId, number>();
  /** Lanes of its own that each flooding shop has. */
  readonly #floods = new Map<ShopId, number>();

  /** @param most lanes at a time */
  constructor(most: number) {
    this.#most = most;
    this.#mostForFloods = most < 2 ? 0 : Math.max(1, Math.min(lanesPerShop, most - 2));
  }

  /** @returns false when there are as many lanes as there may be; every true wants a {@link close} */
  openWalker(): boolean {
    if (this.#open >= this.#most) return false;
    this.#open += 1;
    return true;
  }

  /**
   * As {@link openWalker}, for a shop that has filled its share of a claim.
   * @returns false also when there are as many such lanes as may be; every true wants a {@link calm} and a {@link close}
   */
  openFlood(shopId: ShopId): boolean {
    const batches = countOf(this.#floods, shopId) + countOf(this.#walking, shopId);
    const forFloods = [...this.#floods.values()].reduce((sum, count) => sum + count, 0);
    if (batches >= lanesPerShop || forFloods >= this.#mostForFloods || !this.openWalker()) return false;
    add(this.#floods, shopId, 1);
    return true;
  }

  /** A lane of the shop's own walks from now on, or ends. */
  calm(shopId: ShopId): void {
    add(this.#floods, shopId, -1);
  }

  enter(shopId: ShopId): void {
    add(this.#walking, shopId, 1);
  }

  leave(shopId: ShopId): void {
    add(this.#walking, shopId, -1);
  }

  close(): void {
    this.#open -= 1;
  }

  /** Shops that a walker must not take of. */
  seenTo(): ShopId[] {
    return [...new Set([...this.#walking.keys(), ...this.#floods.keys()])];
  }
}

const countOf = (counts: Map<ShopId, number>, shopId: ShopId) => counts.get(shopId) ?? 0;

function add(counts: Map<ShopId, number>, shopId: ShopId, change: 1 | -1): void {
  const count = countOf(counts, shopId) + change;
  if (count > 0) counts.set(shopId, count);
  else counts.delete(shopId);
}
