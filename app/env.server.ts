import { z } from "zod";
import { databaseUrlSchema, parseVariablesOrExit } from "./parse-env.ts";

/**
 * The environment, read once. No other file of the app reads `process.env`, but for commands that need the database
 * alone (database-env.server.ts).
 *
 * A missing or malformed variable stops the process with one sentence that names it: an operator who
 * mistyped a secret should not have to read a stack trace. `.env.example` explains every variable.
 */

const port = z.coerce.number().int().min(1).max(65_535);
const url = z.string().url();
const secret = z.string().min(8, "must be at least 8 characters");

const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
    PORT: port.default(3000),
    HOST: z.string().default("0.0.0.0"),
    DATABASE_URL: databaseUrlSchema,
    LISTEN_DATABASE_URL: databaseUrlSchema.optional(),
    ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}$/i, "must be 32 bytes written as 64 hex digits"),
    SHOPIFY_API_KEY: z.string().min(1),
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_API_SECRET_PREVIOUS: secret.optional(),
    SHOPIFY_APP_URL: url,
    SHOPIFY_SIMULATOR_URL: url.optional(),
    SMTP_URL: url
      .refine((value) => /^smtps?:$/.test(new URL(value).protocol), "must be an smtp:// or smtps:// address")
      .optional(),
    MAIL_FROM: z.string().email("must be a plain e-mail address").optional(),
    MAIL_BOUNCE_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(5),
    METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
    OPERATIONS_PORT: port.optional(),
    OPERATIONS_HOST: z.string().default("127.0.0.1"),
    READY_MAX_LAG_SECONDS: z.coerce.number().int().min(1).default(600),
    DRAIN_SECONDS: z.coerce.number().min(0).max(15).default(0),
    OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  })
  .refine((env) => !(env.NODE_ENV === "production" && env.SHOPIFY_SIMULATOR_URL), {
    path: ["SHOPIFY_SIMULATOR_URL"],
    message: "must not be set when NODE_ENV is production, because it redirects every call to Shopify",
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    path: ["MAIL_FROM"],
    message: "must say whom mails come from when SMTP_URL is set",
  });

export type Env = z.infer<typeof schema>;

export const env: Env = parseVariablesOrExit(schema, process.env);
