import { AppForm } from "../ui/app-form.tsx";
import { viewFormAction } from "./view-form-fields.tsx";

/** The way back for a view that was just deleted. */
export function UndoDelete({ screen, viewId }: { screen: string; viewId: string }) {
  return (
    <AppForm action={viewFormAction} preventScrollReset>
      <input type="hidden" name="screen" value={screen} />
      <input type="hidden" name="view" value={viewId} />
      <button
        type="submit"
        name="intent"
        value="restore"
        className="min-h-7 rounded-control px-2 py-1 font-semibold underline hover:bg-primary-hover"
      >
        Undo
      </button>
    </AppForm>
  );
}
