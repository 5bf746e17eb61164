"""A Dockerfile written on screen, built in its turn, and what follows the build."""

from typing import Any

from playwright.async_api import expect

from monitor.kernel.activity import State
from monitor.kernel.standard import standard_operations
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit

ASKED_AGAIN = r"asked again .*/(redeploys|writers|activity)"
"""Because what is redeployed changed."""


async def test_a_dockerfile_is_written_and_the_editor_left_by_keys(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/builds/new")
    await page.get_by_label("Name", exact=True).fill("hand-written")
    editor = page.get_by_role("textbox", name="Dockerfile written here")
    await editor.click()
    await page.keyboard.type("FROM alpine:3.22\nRUN true \\\n")
    await page.keyboard.press("Tab")
    await page.keyboard.type("&& true")
    await expect(page.locator(".cm-lineNumbers .cm-gutterElement", has_text="3")).to_be_visible()
    colours = await editor.locator(".cm-line span").evaluate_all("all => all.map((e) => getComputedStyle(e).color)")
    plain = await editor.evaluate("(e) => getComputedStyle(e).color")
    assert any(colour != plain for colour in colours), "nothing is highlighted"
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    await expect(editor).not_to_be_focused()
    text = await editor.evaluate("(e) => [...e.querySelectorAll('.cm-line')].map((l) => l.textContent).join('|')")
    assert text == "FROM alpine:3.22|RUN true \\|  && true"


async def test_what_follows_a_build_is_shown_and_leads_from_its_activity(visit: Visit, fleet: Fleet) -> None:
    visit.watch.allow(ASKED_AGAIN)
    page = await visit.go("/builds/search/after")
    follows = page.get_by_role("region", name="Redeployed after a build")
    rows = follows.get_by_role("listitem")
    await expect(rows.filter(has_text="stock-sync")).to_contain_text("as ana")
    await expect(rows.filter(has_text="search-next")).to_contain_text("left alone: it was never deployed")
    ended = await fleet.ended(await fleet.app.run(RunBuild(target="search"), fleet.world.people["ana"]))
    assert ended.state is State.SUCCEEDED
    last = page.get_by_role("region", name="Last redeploys")
    await expect(last.get_by_text("1 left alone")).to_be_visible(timeout=20_000)
    version = (await fleet.app.get(BUILD, "search")).info.version
    assert (await fleet.app.get(DEPLOYMENT, "stock-sync")).info.version == version
    await page.goto(f"/builds/search?activity={ended.id}")
    await page.get_by_role("region", name="What followed").get_by_role("button").click()
    await expect(page.get_by_role("complementary").get_by_role("region", name="Each of them")).to_contain_text(
        "stock-sync"
    )


async def test_a_build_is_renamed_and_copied_on_screen(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/builds/thumbs/config")
    await page.get_by_label("Name", exact=True).fill("thumbnails")
    await page.keyboard.press("Control+s")
    await page.get_by_role("button", name="Save").last.click()
    await expect(page).to_have_url("/builds/thumbnails/config")
    copy: Any = standard_operations(BUILD)["copy"]
    made = await fleet.app.run(copy(target="thumbnails", name="thumbs-2"), fleet.world.people["ana"])
    assert made.info.version == "0.0.0"
    await page.goto("/builds/thumbs-2")
    await expect(page.get_by_role("heading", name="thumbs-2")).to_be_visible()
