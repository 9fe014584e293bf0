import { useNavigation } from "@remix-run/react";
import type { FormEvent } from "react";

/**
 * Keeps a form from being sent twice by a double click. Only the same button is held back, and only until the server
 * has answered: a choice that a live update offers while a save is under way, such as saving over a colleague's
 * version, is a new decision and takes the save's place.
 * @param isThisForm tells this form's fields from those of another form on the page
 */
export function useOneSubmit(isThisForm: (fields: FormData) => boolean = () => true) {
  const { state, formMethod, formData } = useNavigation();
  const sent = formMethod === "POST" && formData && isThisForm(formData) ? formData : null;
  return {
    busy: sent !== null,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      const pressed = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value") ?? null;
      if (state === "submitting" && sent?.get("intent") === pressed) event.preventDefault();
    },
  };
}
