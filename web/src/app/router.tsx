/** Router: every page's path. Pages are loaded when first visited; the search part belongs to lists and the drawer. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { Broken } from "~/app/Broken";
import { Missing } from "~/app/Missing";
import { Shell } from "~/app/Shell";

type Search = Record<string, unknown>;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Missing />,
  validateSearch: (raw: Search): Search => raw,
});

const page = <P extends string>(path: P, load: () => ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component: load() });

const routes = [
  page("/", () => lazyRouteComponent(() => import("~/pages/overview/OverviewPage"), "OverviewPage")),
  page("/containers", () =>
    lazyRouteComponent(() => import("~/pages/containers/ContainersPage"), "ContainersPage"),
  ),
  page("/updates", () => lazyRouteComponent(() => import("~/pages/updates/UpdatesPage"), "UpdatesPage")),
  page("/alerts", () => lazyRouteComponent(() => import("~/pages/alerts/AlertsPage"), "AlertsPage")),
  page("/activity", () => lazyRouteComponent(() => import("~/pages/activity/ActivityPage"), "ActivityPage")),
  page("/compare", () => lazyRouteComponent(() => import("~/pages/compare/ComparePage"), "ComparePage")),
  page("/queue", () => lazyRouteComponent(() => import("~/pages/queue/QueuePage"), "QueuePage")),
  page("/people", () => lazyRouteComponent(() => import("~/pages/people/PeoplePage"), "PeoplePage")),
  page("/people/$name", () => lazyRouteComponent(() => import("~/pages/people/PersonPage"), "PersonPage")),
  page("/settings", () => lazyRouteComponent(() => import("~/pages/settings/SettingsPage"), "SettingsPage")),
  page("/servers/add", () =>
    lazyRouteComponent(() => import("~/pages/add-server/AddServerPage"), "AddServerPage"),
  ),
  createRoute({
    getParentRoute: () => root,
    path: "/servers/new",
    beforeLoad: () => {
      throw redirect({ to: "/servers/add" });
    },
  }),
  page("/servers/$server/containers/$container", () =>
    lazyRouteComponent(() => import("~/pages/container/ContainerPage"), "ContainerPage"),
  ),
  page("/servers/$server/containers/$container/$tab", () =>
    lazyRouteComponent(() => import("~/pages/container/ContainerPage"), "ContainerPage"),
  ),
  page("/deployments/adopt", () => lazyRouteComponent(() => import("~/pages/adopt/AdoptPage"), "AdoptPage")),
  page("/$plural", () => lazyRouteComponent(() => import("~/pages/resource/ListPage"), "ListPage")),
  page("/$plural/new", () => lazyRouteComponent(() => import("~/pages/resource/NewPage"), "NewPage")),
  page("/$plural/$name", () => lazyRouteComponent(() => import("~/pages/resource/OnePage"), "OnePage")),
  page("/$plural/$name/$tab", () => lazyRouteComponent(() => import("~/pages/resource/OnePage"), "OnePage")),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultErrorComponent: Broken,
  defaultPreload: "intent",
});
