"""The log of a container on screen: live, paused, a part of it, searched on its server, downloaded; hostile lines."""

import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.fleet import Fleet
from tests.browser.view import PHONE
from tests.browser.visits import Visit, Visits


async def opened(visit: Visit, deployment: str) -> Page:
    page = await visit.go(f"/deployments/{deployment}/log")
    await expect(page.locator("[data-line]").first).to_be_attached()
    return page


async def test_a_line_is_there_as_it_is_written_unless_paused(visit: Visit, fleet: Fleet) -> None:
    page = await opened(visit, "site-1")
    lines = page.locator("[data-line]")
    fleet.write("site-1", b"seen at once")
    await expect(lines.filter(has_text="seen at once")).to_be_visible()
    await page.get_by_role("button", name="Pause").click()
    fleet.write("site-1", *[b"not in sight"] * 200)
    await expect(page.get_by_role("button", name=re.compile(r"\d+ new lines"))).to_be_visible()
    await expect(lines.filter(has_text="seen at once")).to_be_visible()
    await page.get_by_role("button", name="Follow", exact=True).click()
    await expect(lines.filter(has_text="not in sight").last).to_be_visible()


async def test_a_search_on_the_server(visit: Visit, fleet: Fleet, tmp_path: Path) -> None:
    fleet.write("site-2", *(b"plain %d" % n for n in range(3000)), b"the needle is here", b"and behind it")
    page = await opened(visit, "site-2")
    field = page.get_by_label("Search the log on its server")
    await field.fill("NEEDLE is")
    await field.press("Enter")
    lines = page.locator("[data-line]")
    await expect(lines).to_have_count(1)
    await expect(lines.locator("mark")).to_have_text("needle is")
    await expect(page.get_by_role("status").filter(has_text="lines found")).to_contain_text("1 of ")
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Download").click()
    saved = tmp_path / "log"
    await (await coming.value).save_as(saved)
    assert saved.read_text().splitlines()[-1].endswith(" the needle is here")
    assert len(saved.read_text().splitlines()) == 1
    await page.get_by_label("Lines around each that is found").first.click()
    await page.get_by_role("option", name="± 2", exact=True).click()
    await expect(lines).to_have_count(4)
    await page.get_by_role("button", name="Back to the log").click()
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_pattern_that_is_none_is_said(visit: Visit) -> None:
    page = await opened(visit, "site-3")
    await page.get_by_label("Regular expression on the server").click()
    field = page.get_by_label("Search the log on its server")
    await field.fill("(")
    await field.press("Enter")
    await expect(page.get_by_text("no pattern").first).to_be_visible()
    await page.mouse.move(5, 5)  # the switch's tooltip goes
    await expect(page.get_by_role("tooltip")).to_have_count(0)
    await assert_accessible(page)


async def test_a_part_of_it(visit: Visit, fleet: Fleet) -> None:
    page = await opened(visit, "site-4")
    await page.get_by_role("combobox", name="How much of the log").click()
    await page.get_by_role("option", name="between…").click()
    first = page.get_by_label("From", exact=True)
    await first.fill("soon")
    await first.press("Enter")
    await expect(page.get_by_role("status").filter(has_text="Write 15m")).to_be_visible()
    await first.fill("0s")
    await first.press("Enter")
    await expect(page.get_by_text("Nothing printed yet")).to_be_visible()
    fleet.write("site-4", b"only this")
    await expect(page.locator("[data-line]").first).to_contain_text("only this")


async def test_hostile_lines_are_only_text(visit: Visit, fleet: Fleet) -> None:
    page = await opened(visit, "site-5")
    title = await page.title()
    fleet.write(
        "site-5",
        b"\x1b]0;owned\x07\x1b]52;c;Zm9v\x07<img src=x onerror=alert(1)> \x1b[31mred\x1b[0m\x1b[2J",
        "\u202egnp.exe \u2066hidden".encode(),
        b"\xff\xfe no text",
    )
    line = page.locator("[data-line]").filter(has_text="onerror")
    await expect(line).to_contain_text("<img src=x onerror=alert(1)> red")
    await expect(line).not_to_contain_text("owned")
    assert await page.title() == title
    assert await page.locator("[data-line] img").count() == 0
    await expect(page.locator("[data-line]").filter(has_text="\ufffd\ufffd no text")).to_be_visible()


async def test_full_width_and_back_on_a_phone(visits: Visits) -> None:
    page = await opened(await visits.visit(view=PHONE), "site-1")
    await page.get_by_role("button", name="Full width").click()
    box = await page.locator("[data-full]").bounding_box()
    assert box is not None
    assert box["width"] == 360
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-full]")).to_have_count(0)
