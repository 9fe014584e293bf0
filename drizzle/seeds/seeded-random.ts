/** A small seeded generator (mulberry32): the same seeds give the same history on every machine. */
export interface SeededRandom {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Picks by weight. */
  weighted<Item>(items: readonly (readonly [item: Item, weight: number])[]): Item;
}

/** @param seeds whole numbers; each combination has a sequence of its own, so parts can be made in any order */
export function seededRandom(...seeds: number[]): SeededRandom {
  let state = seeds.reduce((mixed, seed) => scramble(mixed ^ (seed >>> 0)), 0x9e3779b9);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return scramble(state) / 4294967296;
  };
  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: <Item>(items: readonly Item[]) => present(items[Math.floor(next() * items.length)]),
    weighted: <Item>(items: readonly (readonly [item: Item, weight: number])[]) => {
      const total = items.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      const found = items.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      return present(found ?? items.at(-1))[0];
    },
  };
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 1 | value);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

function present<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error("cannot pick from an empty list");
  return item;
}

/** An id as `uuid` version 7 writes it: ids of later instants sort after those of earlier ones. */
export function timeOrderedId(ms: number, random: SeededRandom): string {
  const time = Math.floor(ms).toString(16).padStart(12, "0");
  const bits = (count: number) => Math.floor(random.next() * 2 ** count);
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const variant = hex(0x8000 | bits(14), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(bits(12), 3)}-${variant}-${hex(bits(24), 6)}${hex(bits(24), 6)}`;
}
