import type { ActionFunctionArgs } from "@remix-run/node";
import { bounceSchema, isBounceSecret, noteBounce } from "../mail/note-bounce.server.ts";
import { webProcess } from "../web-process.server.ts";

/**
 * The door for mails that come back after the mail server had taken them: the provider's hook, or a filter on the
 * mailbox of MAIL_FROM, posts `{"messageId": "…", "reason": "…"}`. Without MAIL_BOUNCE_SECRET there is no door.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { db, env } = webProcess();
  if (!env.MAIL_BOUNCE_SECRET) return answer(404, "Not found.");
  if (!isBounceSecret(env.MAIL_BOUNCE_SECRET, request.headers.get("Authorization")))
    return answer(401, "The secret is missing or wrong.");
  const bounce = bounceSchema.safeParse(await request.json().catch(() => null));
  if (!bounce.success) return answer(400, "That is no bounce: messageId is needed, and reason may say why.");
  const outcome = await noteBounce(db, bounce.data);
  return outcome === "unknown" ? answer(404, "No mail has this Message-ID.") : answer(200, outcome);
}

export function loader(): Response {
  return answer(405, "Only POST.", { Allow: "POST" });
}

function answer(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  return new Response(sentence, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}
