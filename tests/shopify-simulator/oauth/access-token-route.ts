import express, { Router } from "express";
import { z } from "zod";
import { verifySessionToken } from "../session-token.ts";
import { simulatedHost } from "../simulated-host.ts";
import type { SimulatedShop, StaffUser } from "../simulated-shop.ts";
import type { Simulator } from "../simulator.ts";
import { REFRESH_LIFETIME_SECONDS } from "./access-tokens.ts";

const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";

const client = { client_id: z.string(), client_secret: z.string() };
const bodySchema = z.discriminatedUnion("grant_type", [
  z.object({
    ...client,
    grant_type: z.literal("urn:ietf:params:oauth:grant-type:token-exchange"),
    subject_token: z.string(),
    subject_token_type: z.literal("urn:ietf:params:oauth:token-type:id_token"),
    requested_token_type: z.enum([ONLINE, OFFLINE]),
    expiring: z.coerce.string().optional(),
  }),
  z.object({ ...client, grant_type: z.literal("refresh_token"), refresh_token: z.string() }),
]);

type Answer = { status: number; body: Record<string, unknown> };
const refuse = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

const associatedUser = (user: StaffUser) => ({
  id: user.id,
  first_name: user.firstName,
  last_name: user.lastName,
  email: user.email,
  email_verified: true,
  account_owner: user.accountOwner,
  locale: "en",
  collaborator: false,
});

function offlineAnswer(
  scope: string,
  token: string,
  refresh: string | null,
  lifetimeSeconds: number,
): Answer {
  const expiring = {
    expires_in: lifetimeSeconds,
    refresh_token: refresh,
    refresh_token_expires_in: REFRESH_LIFETIME_SECONDS,
  };
  return { status: 200, body: { access_token: token, scope, ...(refresh ? expiring : {}) } };
}

/** The token endpoint: exchange of an id token, and refresh. A first exchange is what installs the app. */
function answerTokenRequest(simulator: Simulator, domain: string, input: unknown): Answer {
  const { config, knobs, tokens } = simulator;
  const parsed = bodySchema.safeParse(input);
  if (!parsed.success) return refuse("invalid_request", parsed.error.issues[0]?.message ?? "unreadable");
  const body = parsed.data;
  if (body.client_id !== config.apiKey || body.client_secret !== config.apiSecret) {
    return refuse("invalid_client", "The client id or secret is wrong");
  }
  const lifetime = knobs.tokens.accessTokenLifetimeSeconds;
  if (body.grant_type === "refresh_token") {
    const pair = tokens.refresh(domain, body.refresh_token, lifetime);
    simulator.saveSoon();
    return pair
      ? offlineAnswer(config.scopes, pair.access.token, pair.refresh, lifetime)
      : refuse("invalid_grant", "The refresh token is unknown, expired or superseded");
  }

  const claims = verifySessionToken(body.subject_token, config);
  if (!claims || claims.dest !== `https://${domain}`)
    return refuse("invalid_subject_token", "The id token is not valid");
  const shop: SimulatedShop = simulator.requireShop(domain);
  const user = shop.users.find((one) => String(one.id) === claims.sub) ?? shop.users[0];
  simulator.installApp(shop);
  simulator.saveSoon();
  if (body.requested_token_type === OFFLINE) {
    const { access, refresh } = tokens.issueOffline(domain, body.expiring === "1" ? lifetime : null);
    return offlineAnswer(config.scopes, access.token, refresh, lifetime);
  }
  if (!user) return refuse("invalid_subject_token", "The user is unknown");
  const access = tokens.issueOnline(domain, user.id, 86_399);
  return {
    status: 200,
    body: {
      access_token: access.token,
      scope: config.scopes,
      expires_in: 86_399,
      associated_user_scope: config.scopes,
      associated_user: associatedUser(user),
    },
  };
}

export function accessTokenRoute(simulator: Simulator): Router {
  const router = Router();
  router.post(
    "/admin/oauth/access_token",
    express.json(),
    express.urlencoded({ extended: false }),
    (request, response) => {
      const domain = simulatedHost(request);
      if (!domain) {
        response.status(404).json({ error: "unknown_shop" });
        return;
      }
      const { status, body } = answerTokenRequest(simulator, domain, request.body);
      response.status(status).json(body);
    },
  );
  return router;
}
