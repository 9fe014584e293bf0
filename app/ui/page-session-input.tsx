import { pageSessionField } from "../page-session-field.ts";
import { useAppData } from "./use-app-data.ts";

/** Says who sends a form when no script is there to do so. */
export function PageSessionInput() {
  const app = useAppData();
  return app ? <input type="hidden" name={pageSessionField} value={app.pageSession} /> : null;
}
