import { useFetcher } from "@remix-run/react";
import type { DeliveryAnswer } from "./delivery-answer.ts";

/**
 * The form of one of the two cards: it posts beside the page that shows it, so the card works on any page.
 * @param plainAnswer what a browser without JavaScript was answered
 */
export function useDeliveryForm(card: DeliveryAnswer["card"], plainAnswer: DeliveryAnswer | null) {
  const fetcher = useFetcher<DeliveryAnswer>();
  const answer = fetcher.data ?? plainAnswer;
  return {
    Form: fetcher.Form,
    busy: fetcher.state !== "idle",
    answer: answer?.card === card ? answer : null,
  };
}
