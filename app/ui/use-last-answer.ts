import { useActionData, useLocation } from "@remix-run/react";
import { useRef } from "react";

/**
 * What the page's last form was answered, until one leaves the page or sends another form. The router forgets it at
 * the next live read, which may be the one that the form itself caused, before anybody has read a word of it.
 */
export function useLastAnswer<Answer>(): ReturnType<typeof useActionData<Answer>> {
  const answer = useActionData<Answer>();
  const { key } = useLocation();
  const last = useRef({ key, answer });
  if (answer !== undefined || last.current.key !== key) last.current = { key, answer };
  return last.current.answer;
}
