import { useNavigation } from "@remix-run/react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";

/** Stops what the worker is doing for an action. What is done stays done, and can be undone. */
export function StopButton() {
  const busy = useNavigation().formData?.get("intent") === "stop";
  return (
    <AppForm>
      <input type="hidden" name="intent" value="stop" />
      <Button type="submit" busy={busy}>
        Stop
      </Button>
    </AppForm>
  );
}
