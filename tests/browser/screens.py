"""Screens: every page of the web app that pictures are taken of, in every state it may be found in."""

from playwright.async_api import Page, Route, expect

from tests.browser import deployments, schedules, servers, terminal, usage_screens
from tests.browser.builds import RUNNING
from tests.browser.fleet import Fleet
from tests.browser.link import Link
from tests.browser.people import NOBODY
from tests.browser.screen import Prepare, Screen
from tests.browser.visits import ready


async def _hold(page: Page, fleet: Fleet) -> None:
    await Link.of(page, held=True)


async def _settled(page: Page, fleet: Fleet) -> None:
    await page.locator("nav").first.wait_for()
    await page.wait_for_timeout(600)


async def _signed_out(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button").first.wait_for()


async def _releases(page: Page, fleet: Fleet) -> None:
    for level in ("info", "debug"):
        await fleet.change("site-8", environment=[{"name": "LOG_LEVEL", "value": level}])
        await fleet.ended(await fleet.deploy("site-8"))


async def _compared(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="Compare").last.click()
    await expect(page.get_by_label("What differs")).to_be_visible()


async def _drifted(page: Page, fleet: Fleet) -> None:
    machine, container = fleet.world.container("gateway-5")
    machine.remove(container)
    machine.start(machine.create("gateway-5", {**container.body, "Cmd": ["--verbose"], "Env": []}))


async def _ready(page: Page, fleet: Fleet) -> None:
    await ready(page)
    await page.get_by_role("heading", level=2).first.wait_for()


async def _prune(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="Prune…").click()
    await expect(page.get_by_role("dialog").get_by_role("checkbox").first).to_be_visible()


async def _looked_at(page: Page, fleet: Fleet) -> None:
    await page.get_by_text("What stays, and why").click()
    await expect(page.get_by_text("needed by").first).to_be_visible()


async def _new_network(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="New network").click()
    await expect(page.get_by_role("dialog").get_by_label("Name").first).to_be_visible()


async def _refuse_all(page: Page, fleet: Fleet) -> None:
    body = (
        '{"type":"about:blank","title":"Error","status":500,"detail":"a bug in Monitor; core\'s log has the details"}'
    )

    async def fail(route: Route) -> None:
        await route.fulfill(status=500, body=body, content_type="application/problem+json")

    await page.route("**/api/**", fail)


async def _no_answer(page: Page, fleet: Fleet) -> None:
    await page.route("**/api/**", lambda route: route.abort("connectionrefused"))


async def _cut(page: Page, fleet: Fleet) -> None:
    link = await Link.of(page)
    await page.goto("/deployments")
    await ready(page)
    await link.cut()


async def _lost(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-live='lost']").first.wait_for()


async def _figures(page: Page, fleet: Fleet) -> None:
    await expect(page.get_by_role("region", name="CPU")).to_contain_text("%")


async def _drawer(page: Page, fleet: Fleet) -> None:
    running = next(a for a in fleet.app.core.journal.open.values() if a.what and a.what.name == RUNNING)
    await page.goto(f"/builds/{RUNNING}?activity={running.id}")
    await ready(page)
    await page.locator("[data-line]").first.wait_for()


async def _failed_drawer(page: Page, fleet: Fleet) -> None:
    runs = fleet.app.core.runs.all()
    site = fleet.world.id("build", "site")
    failed = next(r for r in runs if r.resource == site).items[-1]
    await page.goto(f"/builds/site?activity={failed.activity}")
    await ready(page)
    await page.locator("[data-line]").first.wait_for()


async def _account(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="Account of").click()
    await page.get_by_role("menu").wait_for()


async def _actions(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menu").wait_for()


async def _asking(page: Page, fleet: Fleet) -> None:
    await _actions(page, fleet)
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").wait_for()


def _dialog(button: str) -> Prepare:
    async def opened(page: Page, fleet: Fleet) -> None:
        await page.get_by_role("button", name=button).first.click()
        await page.get_by_role("dialog").wait_for()

    return opened


async def _filters(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("button", name="Change what counts").click()
    await page.get_by_role("button", name="Add path").wait_for()


async def _new_key(page: Page, fleet: Fleet) -> None:
    await page.get_by_label("Name").fill("ci")
    await page.get_by_role("button", name="Make a key").click()
    await page.get_by_text("only time").wait_for()
    await page.get_by_role("button", name="Change password").click()


async def _palette(page: Page, fleet: Fleet) -> None:
    await page.keyboard.press("Control+k")
    await page.get_by_role("dialog").first.wait_for()
    await page.keyboard.type("api")


async def _adopt(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-row]").first.click()
    await page.get_by_role("button", name="Adopt", exact=True).wait_for()


async def _select(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-row]").first.wait_for()
    for key in ("j", "x", "j", "j", "x", "j", "x"):
        await page.keyboard.press(key)


async def _first_alert(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-row] [data-open]").first.click()
    await page.get_by_text("What happened").wait_for()


async def _tried(page: Page, fleet: Fleet) -> None:
    await page.get_by_text("have fired").first.wait_for()


async def _no_match(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-row]").first.wait_for()
    await page.keyboard.press("/")
    await page.keyboard.type("nothing is called so")
    await expect(page.locator("[data-row]")).to_have_count(0)


async def _log_lines(page: Page, fleet: Fleet) -> None:
    await page.locator("[data-line]").first.wait_for()


_LOST = (r"WebSocket", r"closed", r"ERR_", r"asked again")
_BROKEN = (r" 500 ", r"^500 ", r"Failed to load resource", r"request failed", r"WebSocket", r"ERR_")
_REFUSED = (r"^40[34] ", r"Failed to load resource")

SCREENS = (
    Screen(name="overview", path="/"),
    Screen(name="servers", path="/servers"),
    Screen(name="servers-selected", path="/servers", then=_select, whole=False),
    Screen(name="server", path="/servers/web-7"),
    Screen(name="server-gpus", path=f"/servers/{servers.CARDS}", then=_figures, whole=False),
    Screen(name="server-failed-units", path=f"/servers/{servers.FAILING}", then=_figures, whole=False),
    Screen(name="server-processes", path="/servers/db-1/processes", whole=False),
    Screen(name="server-containers", path="/servers/db-1/containers", whole=False),
    Screen(name="server-images", path="/servers/db-1/images", whole=False),
    Screen(name="server-volumes", path="/servers/db-1/volumes", whole=False),
    Screen(name="server-networks", path="/servers/db-1/networks", whole=False),
    Screen(name="server-builds", path="/servers/ci-1/builds", whole=False),
    Screen(name="server-prune", path="/servers/db-1/images", then=_prune, whole=False),
    Screen(name="server-clean-up", path="/servers/db-1/clean-up", then=_looked_at),
    Screen(name="server-clean-up-off", path="/servers/web-7/clean-up", whole=False),
    Screen(name="server-new-network", path="/servers/db-1/networks", then=_new_network, whole=False),
    Screen(name="schedules", path="/schedules", whole=False),
    Screen(name="alert-targets", path="/alert_targets", whole=False),
    Screen(name="alert-target", path="/alert_targets/ticket-system"),
    Screen(name="alert-target-config", path="/alert_targets/ops-phone/config"),
    Screen(name="maintenance-config", path="/maintenances/patch-night/config"),
    Screen(name="schedule", path=f"/schedules/{schedules.NIGHTLY}", whole=False),
    Screen(name="schedule-config", path=f"/schedules/{schedules.NIGHTLY}/config", whole=False),
    Screen(name="schedule-blocked", path=f"/schedules/{schedules.REFUSED}", whole=False),
    Screen(name="build-schedules", path="/builds/api/schedules", whole=False),
    Screen(name="git-accounts-empty", path="/git_accounts", whole=False),
    Screen(name="server-config", path="/servers/web-7/config", whole=False),
    Screen(name="server-down", path="/servers/db-6", whole=False),
    Screen(name="server-docker-silent", path="/servers/cache-3", whole=False),
    Screen(name="server-waiting", path="/servers/app-7", whole=False),
    Screen(name="add-server", path="/servers/add", whole=False),
    Screen(name="deployments", path="/deployments", whole=False),
    Screen(name="deployments-no-match", path="/deployments", then=_no_match, whole=False),
    Screen(name="deployment", path="/deployments/api-2"),
    Screen(name="deployment-log", path="/deployments/api-1/log", then=_log_lines, whole=False),
    Screen(name="deployment-log-awkward", path=f"/deployments/{deployments.AWKWARD}/log", then=_log_lines, whole=False),
    Screen(
        name="deployment-history", path="/deployments/site-8/history", set_up=_releases, then=_compared, whole=False
    ),
    Screen(name="deployment-drift", path="/deployments/gateway-5/history", set_up=_drifted, then=_ready, whole=False),
    Screen(name="deployment-terminal", path="/deployments/api-3/terminal", whole=False),
    Screen(name="deployment-terminal-open", path="/deployments/api-3/terminal", then=terminal.at_work),
    Screen(name="deployment-config", path="/deployments/api-2/config"),
    Screen(name="deployment-of-a-build", path="/deployments/search-next/config", whole=False),
    Screen(name="deployment-activity", path="/deployments/api-2/activity", whole=False),
    Screen(name="deployment-permissions", path="/deployments/worker-1/permissions", whole=False),
    Screen(name="deployment-restarting", path=f"/deployments/{deployments.RESTARTING}", whole=False),
    Screen(name="deployment-stopped", path=f"/deployments/{deployments.STOPPED[0]}", whole=False),
    Screen(name="deployment-never-deployed", path=f"/deployments/{deployments.NEVER_DEPLOYED}", whole=False),
    Screen(name="deployment-outdated", path=f"/deployments/{deployments.OUTDATED}", whole=False),
    Screen(name="deployment-long-name", path=f"/deployments/{deployments.LONG}", whole=False),
    Screen(name="deployment-new", path="/deployments/new", whole=False),
    Screen(name="builds", path="/builds", whole=False),
    Screen(name="build", path="/builds/api", whole=False),
    Screen(name="build-after", path="/builds/search/after", whole=False),
    Screen(name="build-running", path=f"/builds/{RUNNING}", then=_drawer),
    Screen(name="build-failed", path="/builds/site", then=_failed_drawer, whole=False),
    Screen(name="build-webhook", path="/builds/api/webhook", whole=False),
    Screen(name="build-webhook-filters", path="/builds/api/webhook", then=_filters, whole=False),
    Screen(name="build-no-webhook", path="/builds/site/webhook", whole=False),
    Screen(name="build-new", path="/builds/new", whole=False),
    Screen(name="containers", path="/containers", whole=False),
    Screen(name="containers-grouped", path="/containers?group=project", whole=False),
    Screen(name="container", path="/servers/app-2/containers/monitoring-cadvisor-1", then=_figures),
    Screen(name="container-log", path="/servers/app-2/containers/monitoring-cadvisor-1/log", whole=False),
    Screen(name="container-processes", path="/servers/app-2/containers/monitoring-cadvisor-1/processes", whole=False),
    Screen(name="container-inspect", path="/servers/app-2/containers/monitoring-cadvisor-1/inspect"),
    Screen(name="container-files", path="/servers/app-2/containers/monitoring-cadvisor-1/files", whole=False),
    Screen(name="activity", path="/activity"),
    Screen(name="alerts", path="/alerts"),
    Screen(name="alerts-selected", path="/alerts", then=_select, whole=False),
    Screen(name="alerts-history", path="/alerts?view=history", whole=False),
    Screen(name="alert", path="/alerts?view=history&f=server:db-1", then=_first_alert),
    Screen(name="alert-missing", path="/alerts?alert=01M8DZ8EA0YJCBD0A1JTH51DVF", wrong=_REFUSED, whole=False),
    Screen(name="server-alerts", path="/servers/db-1/alerts", whole=False),
    Screen(name="alert-rules", path="/alert_rules", whole=False),
    Screen(name="alert-rule", path="/alert_rules/disk/config", then=_tried),
    Screen(name="updates", path="/updates"),
    Screen(name="updates-selected", path="/updates", then=_select, whole=False),
    Screen(name="deployment-update", path="/deployments/catalog-cache", then=_dialog("update available"), whole=False),
    Screen(name="queue", path="/queue", whole=False),
    Screen(name="people", path="/people", whole=False),
    Screen(name="person", path="/people/mei", whole=False),
    Screen(name="settings", path="/settings", whole=False),
    Screen(name="settings-open", path="/settings", then=_new_key),
    Screen(name="people-add", path="/people", then=_dialog("Add person"), whole=False),
    Screen(name="person-grant", path="/people/mei", then=_dialog("Grant")),
    Screen(name="person-remove", path="/people/mei", then=_dialog("Remove…"), whole=False),
    Screen(name="account", path="/settings", then=_account, whole=False),
    Screen(name="deployment-actions", path="/deployments/api-2", then=_actions, whole=False),
    Screen(name="deployment-delete", path="/deployments/api-2", then=_asking, whole=False),
    Screen(name="adopt", path="/deployments/adopt", whole=False),
    Screen(name="adopt-one", path="/deployments/adopt", then=_adopt),
    Screen(name="palette", path="/", then=_palette),
    Screen(name="missing", path="/deployments/no-such-one", whole=False),
    *usage_screens.SCREENS,
    # As others see it.
    Screen(name="overview-forbidden", path="/", who=NOBODY, whole=False),
    Screen(name="servers-forbidden", path="/servers", who=NOBODY, whole=False),
    Screen(name="people-forbidden", path="/people", who=NOBODY, wrong=_REFUSED, whole=False),
    Screen(name="deployment-of-another", path="/deployments/api-1", who="mei", whole=False),
    # Before anything has come, and when it does not.
    Screen(name="overview-loading", path="/", set_up=_hold, then=_settled, whole=False),
    Screen(name="servers-loading", path="/servers", set_up=_hold, then=_settled, whole=False),
    Screen(name="deployments-loading", path="/deployments", set_up=_hold, then=_settled, whole=False),
    Screen(name="deployment-loading", path="/deployments/api-1", set_up=_hold, then=_settled, whole=False),
    Screen(name="broken", path="/", set_up=_refuse_all, then=_signed_out, wrong=_BROKEN, whole=False),
    Screen(name="unreachable", path="/", set_up=_no_answer, then=_signed_out, wrong=_BROKEN, whole=False),
    Screen(name="deployments-stale", path="/deployments", set_up=_cut, then=_lost, wrong=_LOST, whole=False),
    # Other worlds.
    Screen(name="deployments-many", path="/deployments", world="many", whole=False),
    Screen(name="overview-empty", path="/", world="empty", whole=False),
    Screen(name="servers-empty", path="/servers", world="empty", whole=False),
    Screen(name="deployments-empty", path="/deployments", world="empty", whole=False),
    Screen(name="builds-empty", path="/builds", world="empty", whole=False),
    Screen(name="containers-empty", path="/containers", world="empty", whole=False),
    Screen(name="activity-empty", path="/activity", world="empty", whole=False),
    Screen(name="alerts-empty", path="/alerts", world="empty", whole=False),
    Screen(name="queue-empty", path="/queue", world="empty", whole=False),
    Screen(name="sign-in", path="/", who="", then=_signed_out, whole=False),
    Screen(name="set-up", path="/", who="", world="fresh", then=_signed_out, whole=False),
)
