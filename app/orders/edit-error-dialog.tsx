import { TryAgain, useErrorDescription } from "../ui/error-page.tsx";
import { EditMessageDialog } from "./edit-message-dialog.tsx";

/** In place of a form that could not be opened. The list stays behind it, and a live update may yet bring the form. */
export function EditErrorDialog() {
  const { title, advice, worthTrying } = useErrorDescription();
  return (
    <EditMessageDialog title={title} actions={worthTrying && <TryAgain />}>
      <p>{advice}</p>
    </EditMessageDialog>
  );
}
