import { useEffect, useRef } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import type { AnyAddress, ListScreen } from "./list-screen.ts";
import { ModifiedView } from "./modified-view.tsx";
import { findTab, isModified, listTabs, type SavedView, stateOf, type Tab, viewSearch } from "./view.ts";
import { ViewMenu } from "./view-menu.tsx";

interface ViewTabsProps {
  screen: ListScreen;
  /** The team's views and the person's own. */
  views: SavedView[];
  /** What the person's list opens with. */
  defaultView: string | null;
  address: AnyAddress;
}

/** The lists to choose from, and what can be done with the one that is shown. */
export function ViewTabs({ screen, views, defaultView, address }: ViewTabsProps) {
  const tabs = listTabs(screen, views);
  const current = findTab(screen, tabs, address);
  const modified = current !== undefined && isModified(screen, current, stateOf(address));
  const chosen = tabs.find(({ key }) => key === defaultView) ?? tabs[0];
  return (
    <div className="border-b border-line">
      <div className="relative flex items-center gap-1 p-1.5">
        <nav aria-label="Views" className="min-w-0 flex-1 overflow-x-auto">
          <ul className="flex gap-1">
            {tabs.map((tab) => (
              <TabItem
                key={tab.key}
                to={`${screen.path}${viewSearch(screen, tab)}`}
                tab={tab}
                current={tab.key === current?.key}
                modified={modified}
              />
            ))}
          </ul>
        </nav>
        {current && (
          <ViewMenu
            screen={screen}
            address={address}
            tab={current}
            isDefault={current === chosen}
            isUsual={current === tabs[0]}
          />
        )}
      </div>
      {modified && <ModifiedView screen={screen} address={address} tab={current} />}
    </div>
  );
}

interface TabItemProps {
  to: string;
  tab: Tab;
  current: boolean;
  /** What the current one shows is not what it keeps. */
  modified: boolean;
}

function TabItem({ to, tab: { name, saved }, current, modified }: TabItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const row = item.current?.closest("nav");
    if (!current || !row || !item.current) return;
    // A row that is too long begins with its first tab, wherever the current one is.
    const [tab, seen] = [item.current.getBoundingClientRect(), row.getBoundingClientRect()];
    if (tab.left < seen.left || tab.right > seen.right) row.scrollLeft += tab.left - seen.left;
  }, [current]);
  return (
    <li ref={item}>
      <AppLink
        to={to}
        state={atTop}
        aria-current={current ? "page" : undefined}
        className="flex items-center gap-1.5 rounded-control px-3 py-1.5 text-small font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover focus-visible:outline-offset-[-2px] aria-[current=page]:bg-neutral aria-[current=page]:text-ink"
      >
        {saved?.team && <TeamMark />}
        <span className="max-w-48 truncate">{name}</span>
        {current && modified && (
          <>
            <span aria-hidden="true" className="size-1.5 rounded-full bg-focus" />
            <span className="sr-only">, modified</span>
          </>
        )}
      </AppLink>
    </li>
  );
}

function TeamMark() {
  return (
    <>
      <svg
        viewBox="0 0 16 16"
        className="size-3.5 shrink-0"
        fill="none"
        stroke="currentColor"
        aria-hidden="true"
      >
        <circle cx="6" cy="5.5" r="2.25" strokeWidth="1.5" />
        <path
          d="M1.75 13c.3-2.4 2-3.75 4.25-3.75S9.95 10.6 10.25 13"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
        <path
          d="M10.5 3.5a2.25 2.25 0 0 1 0 4M12 9.6c1.3.6 2 1.8 2.25 3.4"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
      </svg>
      <span className="sr-only">Team view: </span>
    </>
  );
}
