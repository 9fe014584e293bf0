import type { ShopId } from "../shops/shop.ts";

/** Batches of one shop at a time; more would only wait for each other at its change number, and others for all of them. */
const lanesPerShop = 3;

/**
 * Who sees to which shop while batches are applied side by side. Most lanes walk from shop to shop and leave out whoever
 * another one is busy with. A shop that fills a claim floods: it gets lanes of its own, which take nothing else, and the
 * walkers pass it by until it has calmed down. So what arrives for another shop waits for no batch of the flood.
 */
export class Lanes {
  readonly #most: number;
  #open = 0;
  /** Batches of walkers that each shop is in. */
  readonly #walking = new Map<ShopId, number>();
  /** Lanes of its own that each flooding shop has. */
  readonly #floods = new Map<ShopId, number>();

  /** @param most lanes at a time */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns false when there are as many lanes as there may be; every true wants a {@link close} */
  openWalker(): boolean {
    if (this.#open >= this.#most) return false;
    this.#open += 1;
    return true;
  }

  /**
   * As {@link openWalker}, for a shop that has filled a claim. One lane stays for everybody else.
   * @returns false also when the shop has as many as one may have
   */
  openFlood(shopId: ShopId): boolean {
    const own = countOf(this.#floods, shopId);
    if (own + countOf(this.#walking, shopId) >= lanesPerShop) return false;
    const ofFloods = [...this.#floods.values()].reduce((sum, count) => sum + count, 0);
    if (ofFloods + 1 >= this.#most || !this.openWalker()) return false;
    add(this.#floods, shopId, 1);
    return true;
  }

  /** The shop's own lane found less than a claim holds, and walks from now on. */
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
