import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import type { ListScreen } from "./list-screen.ts";
import { maxNameLength, type SavedView, viewSearch } from "./view.ts";
import { viewFormAction } from "./view-form-fields.tsx";

export type ViewProblem =
  | { kind: "conflict"; view: SavedView; changes: string[] }
  | { kind: "invalid"; reason: string }
  | { kind: "gone" };

interface ViewProblemProps {
  screen: ListScreen;
  problem: ViewProblem;
  /** The form as it was posted, without the session. */
  posted: Record<string, string>;
}

const doAllTheSame: Record<string, string> = {
  rename: "Rename it all the same",
  update: "Save mine all the same",
  share: "Share it all the same",
  unshare: "Make it private all the same",
  delete: "Delete it all the same",
};

/** Why a view could not be changed, with what was asked for kept, so that it can be asked for again. */
export function ViewProblemForm({ screen, problem, posted }: ViewProblemProps) {
  const { path, addresses } = screen;
  const shown = addresses.listSearch(
    addresses.parseListAddress(new URLSearchParams(pick(posted, ["view", "q", "sort", "columns"]))),
  );
  if (problem.kind === "conflict") {
    const { view, changes } = problem;
    const { version: _, seen: __, intent = "update", ...kept } = posted;
    const { name, team, query, sort, columns } = view;
    return (
      <Banner
        tone="warning"
        live="assertive"
        title={`Not saved yet: somebody changed the view “${view.name}” meanwhile`}
        actions={
          <>
            <AppForm action={viewFormAction}>
              <HiddenFields fields={kept} />
              <input type="hidden" name="version" value={view.version} />
              <input type="hidden" name="seen" value={JSON.stringify({ name, team, query, sort, columns })} />
              <Button type="submit" name="intent" value={intent} variant="primary">
                {doAllTheSame[intent] ?? "Do it all the same"}
              </Button>
            </AppForm>
            <ButtonLink to={`${path}${viewSearch(screen, { ...view, key: view.id })}`}>
              Leave it as they made it
            </ButtonLink>
          </>
        }
      >
        <ul className="list-disc pl-5">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Banner>
    );
  }
  if (problem.kind === "gone") {
    return (
      <Banner
        tone="critical"
        live="assertive"
        title="This view is not there any more"
        actions={<ButtonLink to={`${path}${shown}`}>Back to the list as it was</ButtonLink>}
      >
        <p>Somebody deleted it or made it private. From the list you can save what it shows as a new view.</p>
      </Banner>
    );
  }
  const { name = "", intent = "create", ...kept } = posted;
  return (
    <Card title="Save the view">
      <AppForm action={viewFormAction} className="grid max-w-sm gap-3">
        <HiddenFields fields={kept} />
        <TextField
          label="Name"
          name="name"
          defaultValue={name}
          error={problem.reason}
          maxLength={maxNameLength}
          required
        />
        <div className="flex gap-2">
          <Button type="submit" name="intent" value={intent} variant="primary">
            Save
          </Button>
          <ButtonLink to={`${path}${shown}`}>Back to the list</ButtonLink>
        </div>
      </AppForm>
    </Card>
  );
}

function HiddenFields({ fields }: { fields: Record<string, string> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

const pick = (from: Record<string, string>, names: string[]): [string, string][] =>
  names.flatMap((name): [string, string][] => {
    const value = from[name];
    return value ? [[name, value]] : [];
  });
