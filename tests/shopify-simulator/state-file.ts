import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseLosslessJson, stringifyLosslessJson } from "./lossless-json.ts";
import type { AccessTokenDump } from "./oauth/access-tokens.ts";
import type { FulfillmentEvent } from "./orders/fulfillment-events.ts";
import type { OrderPayload } from "./orders/order-payload.ts";
import type { SimulatedShop } from "./simulated-shop.ts";

export interface StoredState {
  randomPosition: number;
  tokens: AccessTokenDump;
  shops: (Omit<SimulatedShop, "orders" | "fulfillmentEvents" | "users"> & {
    orders: OrderPayload[];
    /** Missing in a file that is older than they are. */
    fulfillmentEvents?: FulfillmentEvent[];
  })[];
}

const DEBOUNCE_MS = 500;

/** Our own file, written by this code alone, so its shape is taken on trust; a broken one stops the start. */
export function readState(path: string | null): StoredState | null {
  if (!path || !existsSync(path)) return null;
  return parseLosslessJson(readFileSync(path, "utf8")) as StoredState;
}

export interface StateFile {
  saveSoon(): void;
  saveNow(): void;
}

/** Writes beside the file and renames, so a kill in the middle leaves the previous state whole. */
export function createStateFile(path: string | null, collect: () => StoredState): StateFile {
  let timer: NodeJS.Timeout | null = null;
  let lastSaveMs = 0;
  const saveNow = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!path) return;
    const started = performance.now();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, stringifyLosslessJson(collect()));
    renameSync(`${path}.new`, path);
    lastSaveMs = performance.now() - started;
  };
  return {
    saveNow,
    saveSoon() {
      // Writing blocks, and a big state takes long: at most a twentieth of the time may go into it.
      if (path && !timer) timer = setTimeout(saveNow, Math.max(DEBOUNCE_MS, lastSaveMs * 20));
    },
  };
}
