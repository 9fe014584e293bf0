import { until } from "./until.ts";

/** What an open live stream has said so far. */
export interface Heard {
  text: string;
  end(): void;
}

/** Opens a live stream and gathers what it says; resolves once it was greeted. */
export async function listen(appUrl: string, token: string): Promise<Heard> {
  const end = new AbortController();
  const answer = await fetch(`${appUrl}/app/live`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: end.signal,
  });
  const heard = { text: "", end: () => end.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) heard.text += decoder.decode(chunk);
  })().catch(() => {}); // ended by us
  await until("the stream greets", async () => heard.text.includes("hello"));
  return heard;
}
