export type Tone = "neutral" | "info" | "success" | "warning" | "critical";

/** Background and text of each tone, a pair with enough contrast in both colour schemes. */
export const toneClass: Record<Tone, string> = {
  neutral: "bg-neutral text-on-neutral",
  info: "bg-info text-on-info",
  success: "bg-success text-on-success",
  warning: "bg-warning text-on-warning",
  critical: "bg-critical text-on-critical",
};
