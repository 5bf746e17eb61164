"""Versions on screen: the graph, a failed push made good from its row, a minor version from the button's menu."""

from playwright.async_api import expect

from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from tests.browser import builds
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit

ASKED_AGAIN = r"asked again .*/versions$"
"""Because an action ended, or images of the builder changed."""
NAME, BEFORE = builds.UNPUSHED


async def test_what_lacks_a_registry_is_pushed_from_its_row(visit: Visit) -> None:
    visit.watch.allow(ASKED_AGAIN)
    version = builds.versions(builds.BY_NAME[NAME].version)[BEFORE]
    page = await visit.go(f"/builds/{NAME}/versions")
    row = page.locator(f"[data-version='{version}']")
    await expect(row.get_by_text("not pushed")).to_be_visible()
    await row.get_by_role("button", name=f"Actions on version {version}").click()
    await page.get_by_role("menuitem", name="Push again").click()
    await expect(row.get_by_text("not pushed")).to_be_hidden(timeout=20_000)


async def test_a_minor_version_is_built_from_the_menu_and_shows_by_itself(visit: Visit, fleet: Fleet) -> None:
    visit.watch.allow(ASKED_AGAIN)
    await fleet.ended(await fleet.run(RunBuild(target="exporter")))
    page = await visit.go("/builds/exporter/versions")
    await page.get_by_role("button", name="More beside build").click()
    await page.get_by_role("menuitem", name="Build a minor version").click()
    await expect(page.locator("[data-version='0.6.0']").get_by_text("newest")).to_be_visible(timeout=20_000)
    assert (await fleet.app.get(BUILD, "exporter")).info.version == "0.6.0"
    oldest = page.locator("[data-version]").last
    version = await oldest.get_attribute("data-version")
    older = page.locator(f"[data-version='{version}']")
    await older.get_by_role("button", name=f"Actions on version {version}").click()
    await page.get_by_role("menuitem", name="Forget version…").click()
    await page.get_by_role("button", name=f"Forget version {version} of").click()
    await expect(older).to_be_hidden(timeout=20_000)
