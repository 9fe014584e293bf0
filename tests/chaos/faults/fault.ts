import type { World } from "../world.ts";

/** Something that goes wrong. Sender and merchants are at work while it does; the oracle speaks afterwards. */
export interface Fault {
  name: string;
  title: string;
  /**
   * Injects it and undoes it.
   * @returns what was done and measured, in a few words
   */
  run(world: World): Promise<string>;
}
