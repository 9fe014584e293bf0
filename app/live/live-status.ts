/** How the screen stands to the server, for the badge. */
export interface LiveStatus {
  state: "live" | "reconnecting" | "offline";
  /** When the last connection was lost; set while offline. */
  offlineSince: Date | null;
  /** The server asked not to come back: the app was uninstalled, or the session is over. */
  ended: boolean;
}

export const connecting: LiveStatus = { state: "reconnecting", offlineSince: null, ended: false };
export const live: LiveStatus = { state: "live", offlineSince: null, ended: false };

/** Failing this long, a connection is not "reconnecting" any more: people must know that they read old figures. */
export const offlineAfterMs = 10_000;

/** @param lostAt when the connection was lost, milliseconds since the epoch */
export function statusWithout(lostAt: number, now: number, isOnline: boolean): LiveStatus {
  if (isOnline && now - lostAt < offlineAfterMs) return connecting;
  return { state: "offline", offlineSince: new Date(lostAt), ended: false };
}

export const endedStatus = (at: number): LiveStatus => ({
  state: "offline",
  offlineSince: new Date(at),
  ended: true,
});
