/** Alive: the process answers. It asks nothing of the database, whose outage a restart would not cure. */
export const loader = () => new Response("ok", { headers: { "Cache-Control": "no-store" } });
