import type { Actor } from "../shops/shop.ts";

/** Who the timeline names for what happens to mails by itself. */
export const mailActor: Actor = { kind: "job", id: null, name: "Atomic Orders" };
