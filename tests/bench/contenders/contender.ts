import type { DeliveryPlan } from "../load/plan-deliveries.ts";
import type { Metered } from "../load/usage.ts";

export type ContenderName = "ours" | "peer";

/** A running stack that takes order webhooks, applies them and tells open screens. */
export interface Contender {
  name: ContenderName;
  /** Where deliveries go. */
  target: URL;
  secret: string;
  /** All that works for it, its databases included. */
  processes(): Metered[];
  /** Those of its own, for memory. */
  ownPids(): number[];
  startWorkers(): Promise<void>;
  /** From now on deliveries are accepted and wait. */
  stopWorkers(): Promise<void>;
  /** Gives its database the statistics that autovacuum gathers within a minute in production. */
  analyse(): Promise<void>;
  /**
   * Follows a plan whose deliveries are about to be sent.
   * @returns how many of them are not applied yet; right once all have been accepted
   */
  follow(plan: DeliveryPlan): Promise<() => Promise<number>>;
  /**
   * Opens screens that hear of one shop's changes.
   * @param hear gets the ids of changed orders as one of the screens is told them
   */
  openScreens(count: number, shopDomain: string, hear: (orderIds: string[]) => void): Promise<Screens>;
}

export interface Screens {
  /** Each id that screens are told, with Shopify's own, once the orders are stored. */
  shopifyIds(): Promise<Map<string, string>>;
  close(): void;
}
