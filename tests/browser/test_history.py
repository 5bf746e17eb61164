"""History on screen: what was deployed as a time line, compared, rolled back to with one click; and drift."""

from playwright.async_api import Page, expect

from monitor.kernel.activity import State
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit

NAME = "site-5"
ASKED_AGAIN = r"asked again .*/(history|drift)$"
"""Because an action ended, or the container changed."""


async def deployed_twice(fleet: Fleet, name: str) -> None:
    """Two releases that differ, of which the second runs."""
    for level in ("info", "debug"):
        await fleet.change(name, environment=[{"name": "LOG_LEVEL", "value": level}])
        assert (await fleet.ended(await fleet.deploy(name))).state is State.SUCCEEDED


def entry(page: Page, release: int):
    return page.locator(f"[data-release='{release}']")


async def test_what_was_deployed_is_compared_and_rolled_back_to(visit: Visit, fleet: Fleet) -> None:
    await deployed_twice(fleet, NAME)
    visit.watch.allow(ASKED_AGAIN)
    page = await visit.go(f"/deployments/{NAME}/history")
    await expect(entry(page, 2).get_by_text("runs now")).to_be_visible()
    await entry(page, 1).get_by_role("button", name="Compare").click()
    await expect(entry(page, 1).get_by_text("Removed: LOG_LEVEL = info")).to_be_visible()
    await expect(entry(page, 1).get_by_text("Added: LOG_LEVEL = debug")).to_be_visible()
    await page.get_by_role("button", name="Roll back to release 1").click()
    await expect(entry(page, 3).get_by_text("runs now")).to_be_visible(timeout=20_000)
    now = await fleet.app.get(DEPLOYMENT, NAME)
    assert [v.value for v in now.config.environment] == ["info"]
    assert not now.status.outdated


async def test_what_was_changed_outside_is_told_and_taken_over(visit: Visit, fleet: Fleet) -> None:
    await deployed_twice(fleet, "site-6")
    page = await visit.go("/deployments/site-6/history")
    await expect(page.locator("[data-drift='none']")).to_be_visible()
    _, container = fleet.world.container("site-6")
    container.body["HostConfig"]["Memory"] = 64 * 2**20
    await page.reload()
    told = page.get_by_role("region", name="Changed outside Monitor")
    await expect(told.get_by_role("row").filter(has_text="HostConfig.Memory").first).to_contain_text("67108864")
    await told.get_by_role("button", name="Take over into the config").click()
    await expect(page.get_by_text("The config says it now").first).to_be_visible()
    assert (await fleet.app.get(DEPLOYMENT, "site-6")).config.memory == 64 * 2**20


async def test_one_replaced_outside_shows_by_itself(visit: Visit, fleet: Fleet) -> None:
    await deployed_twice(fleet, "site-7")
    visit.watch.allow(ASKED_AGAIN)
    page = await visit.go("/deployments/site-7/history")
    machine, container = fleet.world.container("site-7")
    machine.remove(container)
    machine.start(machine.create("site-7", container.body))
    said = page.get_by_text("its container was replaced outside Monitor")
    await expect(said.first).to_be_visible()
    await expect(page.locator("[data-drift='drifted']")).to_be_visible()
    await page.get_by_role("button", name="Deploy again").click()
    await expect(page.locator("[data-drift='none']")).to_be_visible(timeout=20_000)
