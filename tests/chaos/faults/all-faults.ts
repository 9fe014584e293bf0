import { clockOff } from "./clock-off.ts";
import { connectionsCut } from "./connections-cut.ts";
import { databaseCrashed } from "./database-crashed.ts";
import { databaseStopped } from "./database-stopped.ts";
import { diskFull } from "./disk-full.ts";
import type { Fault } from "./fault.ts";
import { flood } from "./flood.ts";
import { garbage } from "./garbage.ts";
import { poison } from "./poison.ts";
import { processesKilled } from "./processes-killed.ts";
import { readerCutOff } from "./reader-cut-off.ts";
import { slowReader } from "./slow-reader.ts";
import { thousandStreams } from "./thousand-streams.ts";

/** In the order in which a full run injects them. */
export const faults: Fault[] = [
  processesKilled,
  databaseStopped(10),
  databaseStopped(60),
  databaseCrashed,
  connectionsCut,
  readerCutOff,
  poison,
  diskFull,
  clockOff,
  slowReader,
  thousandStreams,
  flood,
  garbage,
];
