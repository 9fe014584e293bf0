import { z } from "zod";
import { databaseUrlSchema, parseVariablesOrExit } from "./parse-env.ts";

/** DATABASE_URL alone, for commands that an operator runs where nothing else of the app is configured. */
export const { DATABASE_URL: databaseUrl } = parseVariablesOrExit(
  z.object({ DATABASE_URL: databaseUrlSchema }),
  process.env,
);
