import { z } from "zod";

const url = z
  .string()
  .url()
  .transform((text) => text.replace(/\/+$/, ""));

const environmentSchema = z.object({
  SHOPIFY_SIMULATOR_URL: url,
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: url,
  SHOPIFY_SIMULATOR_STATE: z.string().min(1).optional(),
  SHOPIFY_SIMULATOR_SEED: z.coerce.number().int().optional(),
  SHOPIFY_SIMULATOR_HUGE_ID_SHARE: z.coerce.number().min(0).max(1).optional(),
  SHOPIFY_SIMULATOR_RETRY_BASE_MS: z.coerce.number().int().positive().optional(),
  SHOPIFY_SIMULATOR_SMTP_PORT: z.coerce.number().int().positive().optional(),
  MAIL_BOUNCE_SECRET: z.string().min(1).optional(),
});

export interface SimulatorOptions {
  apiKey: string;
  apiSecret: string;
  appUrl: string;
  /** Where to listen. Port 0 takes any free port. */
  host?: string;
  port?: number;
  /** The address browsers use, if it is not the one listened on. */
  url?: string;
  statePath?: string;
  seed?: number;
  /** Share of ids above 2^53. */
  hugeIdShare?: number;
  /** Wait before the first retry of a delivery; each further wait is twice as long. */
  retryBaseMs?: number;
  deliveryConcurrency?: number;
  scopes?: string;
  /** Where to catch mails for the outbox; without it none are. */
  smtpPort?: number;
  /** What opens the app's door for bounces; without it no caught mail comes back. */
  bounceSecret?: string;
}

export type SimulatorConfig = Required<
  Omit<SimulatorOptions, "statePath" | "url" | "smtpPort" | "bounceSecret">
> & {
  statePath: string | null;
  smtpPort: number | null;
  bounceSecret: string | null;
  /** Known once the server listens. */
  url: string;
};

export const defineConfig = (options: SimulatorOptions): SimulatorConfig => ({
  host: "127.0.0.1",
  port: 0,
  seed: 20261,
  hugeIdShare: 0.1,
  retryBaseMs: 500,
  deliveryConcurrency: 16,
  scopes: "read_orders,write_orders,read_customers,read_fulfillments",
  ...options,
  url: options.url ?? "",
  statePath: options.statePath ?? null,
  smtpPort: options.smtpPort ?? null,
  bounceSecret: options.bounceSecret ?? null,
});

/** Reads the environment once, at start, and says which variable is wrong. */
export function readOptions(environment: Record<string, string | undefined>): SimulatorOptions {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The simulator cannot start.\n  ${wrong.join("\n  ")}`);
  }
  const given = parsed.data;
  const { hostname, port } = new URL(given.SHOPIFY_SIMULATOR_URL);
  return {
    url: given.SHOPIFY_SIMULATOR_URL,
    // A listener wants an IPv6 address without the brackets that an URL puts around it.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port || 80),
    apiKey: given.SHOPIFY_API_KEY,
    apiSecret: given.SHOPIFY_API_SECRET,
    appUrl: given.SHOPIFY_APP_URL,
    statePath: given.SHOPIFY_SIMULATOR_STATE,
    smtpPort: given.SHOPIFY_SIMULATOR_SMTP_PORT,
    bounceSecret: given.MAIL_BOUNCE_SECRET,
    ...(given.SHOPIFY_SIMULATOR_SEED !== undefined && { seed: given.SHOPIFY_SIMULATOR_SEED }),
    ...(given.SHOPIFY_SIMULATOR_HUGE_ID_SHARE !== undefined && {
      hugeIdShare: given.SHOPIFY_SIMULATOR_HUGE_ID_SHARE,
    }),
    ...(given.SHOPIFY_SIMULATOR_RETRY_BASE_MS !== undefined && {
      retryBaseMs: given.SHOPIFY_SIMULATOR_RETRY_BASE_MS,
    }),
  };
}
