import type { AnyAddress, ListScreen } from "./list-screen.ts";
import { type SavedView, stateOf } from "./view.ts";

export const viewFormAction = "/app/views";

/** What every form about a view says beside its own fields; see view-form.ts. */
export function ShownList({ screen, address }: { screen: ListScreen; address: AnyAddress }) {
  const { query, sort, columns } = stateOf(address);
  return (
    <>
      <input type="hidden" name="screen" value={screen.screen} />
      <input type="hidden" name="q" value={query} />
      <input type="hidden" name="sort" value={sort} />
      <input type="hidden" name="columns" value={columns.join(",")} />
    </>
  );
}

/** Which view is to be changed, and what its changer has seen of it. */
export function SeenView({ view }: { view: SavedView }) {
  const { id, version, name, team, query, sort, columns } = view;
  return (
    <>
      <input type="hidden" name="view" value={id} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="seen" value={JSON.stringify({ name, team, query, sort, columns })} />
    </>
  );
}
