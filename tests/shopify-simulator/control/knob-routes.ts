import { Router } from "express";
import { defaultKnobs, faultsSchema, graphqlKnobsSchema, tokenKnobsSchema } from "../knobs.ts";
import type { Simulator } from "../simulator.ts";
import { sendJson } from "./send-json.ts";

/** GET reads a group of knobs, PUT changes those it names, DELETE puts the group back. All take effect at once. */
export function knobRoutes(simulator: Simulator): Router {
  const router = Router();
  // Defaults must not come back for what a PUT leaves out, hence `partial` and the bare keys of the body.
  const only = (body: unknown, parsed: object) =>
    Object.fromEntries(Object.entries(parsed).filter(([key]) => Object.hasOwn(body as object, key)));
  const groups = { faults: faultsSchema, tokens: tokenKnobsSchema, graphql: graphqlKnobsSchema };
  for (const name of ["faults", "tokens", "graphql"] as const) {
    router.get(`/${name}`, (_request, response) => sendJson(response, simulator.knobs[name]));
    router.put(`/${name}`, (request, response) => {
      Object.assign(simulator.knobs[name], only(request.body, groups[name].partial().parse(request.body)));
      sendJson(response, simulator.knobs[name]);
    });
    router.delete(`/${name}`, (_request, response) => {
      Object.assign(simulator.knobs[name], defaultKnobs()[name]);
      sendJson(response, simulator.knobs[name]);
    });
  }
  router.post("/reset", (_request, response) => {
    simulator.reset();
    sendJson(response, { reset: true });
  });
  return router;
}
