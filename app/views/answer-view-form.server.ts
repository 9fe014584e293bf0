import type { Db } from "../db.server.ts";
import { describeViewChange } from "./describe-view-change.ts";
import type { ListScreen } from "./list-screen.ts";
import {
  changeView,
  createView,
  deleteView,
  moveView,
  restoreView,
  setDefaultView,
  type ViewOutcome,
  type ViewOwner,
} from "./save-view.server.ts";
import { type SavedView, type ViewState, viewSearch } from "./view.ts";
import type { ViewForm } from "./view-form.ts";

export type ViewAnswer =
  /** `search` is the list to go back to, `saved` what to say there. */
  | { outcome: "saved"; search: string; saved: string }
  | { outcome: "refused"; reason: string }
  | { outcome: "conflict"; view: SavedView; changes: string[] }
  | { outcome: "not_found" };

/** Does what a form of the tabs asks for, and says which list comes next. */
export async function answerViewForm(
  db: Db,
  owner: ViewOwner,
  screen: ListScreen,
  form: ViewForm,
): Promise<ViewAnswer> {
  const all = { outcome: "saved", search: `?view=${screen.builtInViews[0].key}` } as const;
  if (form.intent === "restore") {
    const result = await restoreView(db, { ...owner, viewId: form.view });
    if (result.outcome !== "saved") return { outcome: "not_found" };
    return { outcome: "saved", search: viewSearch(screen, keyed(result.view)), saved: "view.restored" };
  }
  // What the list shows stays as it is, modified or not.
  const state: ViewState = { query: form.q, sort: form.sort, columns: form.columns };
  const stay = (key: string, did: string): ViewAnswer => ({
    outcome: "saved",
    search: viewSearch(screen, { ...state, key }),
    saved: `view.${did}`,
  });
  if (form.intent === "default" || form.intent === "nodefault") {
    const view = form.intent === "default" ? form.view : null;
    await setDefaultView(db, { ...owner, screen: screen.screen, view });
    return stay(form.view, form.intent);
  }
  if (form.intent === "create") {
    const { name, team } = form;
    const result = await createView(db, {
      ...owner,
      screen: screen.screen,
      name,
      team: team !== undefined,
      state,
    });
    return result.outcome === "saved" ? stay(result.view.id, "created") : explain(result);
  }
  const result = await change(db, owner, form, state);
  if (result.outcome === "conflict") {
    return { ...result, changes: describeViewChange(form.seen, result.view) };
  }
  if (result.outcome !== "saved") return explain(result);
  return form.intent === "delete"
    ? { ...all, saved: `view.deleted.${screen.screen}.${form.view}` }
    : stay(form.view, did[form.intent]);
}

const did = {
  rename: "renamed",
  update: "updated",
  share: "shared",
  unshare: "private",
  left: "moved",
  right: "moved",
} as const;

type Change = Extract<ViewForm, { seen: unknown }>;

function change(db: Db, owner: ViewOwner, form: Change, state: ViewState): Promise<ViewOutcome> {
  const view = { ...owner, viewId: form.view, openedVersion: form.version };
  switch (form.intent) {
    case "rename":
      return changeView(db, { ...view, change: { name: form.name } });
    case "update":
      return changeView(db, { ...view, change: state });
    case "share":
      return changeView(db, { ...view, change: { team: true } });
    case "unshare":
      return changeView(db, { ...view, change: { team: false } });
    case "delete":
      return deleteView(db, view);
    case "left":
      return moveView(db, { ...view, by: -1 });
    case "right":
      return moveView(db, { ...view, by: 1 });
  }
}

const keyed = (view: SavedView) => ({ ...view, key: view.id });

function explain(result: Exclude<ViewOutcome, { outcome: "saved" }>): ViewAnswer {
  return result.outcome === "conflict" ? { ...result, changes: [] } : result;
}
