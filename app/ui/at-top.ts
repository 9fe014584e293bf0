/** The state of a link that opens its page anew, at the top, wherever it was scrolled to last time. */
export const atTop = { atTop: true };

export const isAtTop = (state: unknown) => typeof state === "object" && state !== null && "atTop" in state;
