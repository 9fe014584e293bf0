/** How long links may be good for, in days; the first is what the form offers. */
export const linkDays = [90, 30, 7, 365] as const;

/** How long a revoked link can be given back, in minutes. */
export const undoMinutes = 10;

/** A public link as the invoice's page shows it. Its address is not among it: only its hash is kept. */
export interface DocumentLink {
  id: string;
  /** ISO 8601, like the others. */
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  revokedAt: string | null;
  state: "open" | "expired" | "revoked";
  /** Revoked a moment ago, and not expired since. */
  canUndo: boolean;
  views: number;
  lastViewedAt: string | null;
}
