import type { Request } from "express";
import { isShopDomain } from "./simulated-shop.ts";

/** The shop a rewritten call was meant for: the app's fetch hook names it, since the host is ours now. */
export function simulatedHost(request: Request): string | null {
  const domain = (request.get("x-simulated-host") ?? "").toLowerCase();
  return isShopDomain(domain) ? domain : null;
}
