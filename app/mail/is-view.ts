import { isbot } from "isbot";

/**
 * True when a person looks at a page: not for HEAD, not for programs that follow links in mails and chats, and not
 * for browsers that fetch ahead what may never be looked at.
 */
export function isView({ method, headers }: Request): boolean {
  if (method !== "GET") return false;
  const purpose = `${headers.get("Sec-Purpose") ?? ""} ${headers.get("Purpose") ?? ""} ${headers.get("X-Moz") ?? ""}`;
  return !/prefetch|prerender|preview/i.test(purpose) && !isbot(headers.get("User-Agent") ?? "");
}
