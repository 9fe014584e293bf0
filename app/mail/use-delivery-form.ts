import { useFetcher, useLocation } from "@remix-run/react";
import { keepOrigin } from "../invoices/document-address.ts";
import { type DeliveryAnswer, deliveryPath } from "./delivery-answer.ts";

/**
 * The form of one of the two cards: it posts beside the page that shows it, so the card works on any page.
 * @param plainAnswer what a browser without JavaScript was answered
 */
export function useDeliveryForm(
  card: DeliveryAnswer["card"],
  { documentId, plainAnswer }: { documentId: string; plainAnswer: DeliveryAnswer | null },
) {
  const fetcher = useFetcher<DeliveryAnswer>();
  const answer = fetcher.data ?? plainAnswer;
  return {
    Form: fetcher.Form,
    action: keepOrigin(deliveryPath(documentId), useLocation().search),
    busy: fetcher.state !== "idle",
    answer: answer?.card === card ? answer : null,
  };
}
