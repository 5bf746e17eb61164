"""A terminal in a real browser: keys, wide letters, a lost connection, a page loaded anew, the end."""

import re

from playwright.async_api import expect

from tests.browser.terminal import Cable, lines, opened, typed
from tests.browser.view import VIEWS
from tests.browser.visits import Visit, Visits

PATH = "/deployments/site-3/terminal"


async def test_one_types_and_sees(visit: Visit) -> None:
    page = await visit.go(PATH)
    await opened(page)
    await typed(page, "echo <\u4e16\u754c w\u00f6rld>")
    await expect(lines(page)).to_contain_text(
        re.compile(r"<\u4e16\s*\u754c\s* w\u00f6rld>.*<\u4e16\s*\u754c\s* w\u00f6rld>", re.DOTALL)
    )
    await typed(page, "exit 3")
    await expect(page.get_by_text("It ended with exit code 3")).to_be_visible()
    await expect(page.get_by_role("button", name="Open terminal")).to_be_visible()


async def test_the_app_s_keys_and_ctrl_k_belong_to_the_program(visit: Visit) -> None:
    page = await visit.go(PATH)
    await opened(page)
    await page.keyboard.type("?/g")
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(lines(page)).to_contain_text("?/g")
    await page.keyboard.press("Control+F6")
    await expect(page.get_by_role("button", name="End terminal")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You ended it")).to_be_visible()


async def test_a_lost_connection_comes_back_with_nothing_missing(visit: Visit) -> None:
    page = visit.page
    cable = await Cable.of(page)
    await visit.go(PATH)
    await opened(page)
    await typed(page, "echo before")
    await expect(lines(page)).to_contain_text("before")
    await cable.pull()
    await expect(page.locator("[data-terminal='lost']")).to_be_visible()
    await expect(page.locator("[data-terminal='open']")).to_be_visible()
    await typed(page, "echo after")
    await expect(lines(page)).to_contain_text(re.compile(r"before.*after", re.DOTALL))
    assert len(cable.sockets) == 2


async def test_a_page_loaded_anew_finds_it_again(visit: Visit) -> None:
    page = await visit.go(PATH)
    await opened(page)
    await typed(page, "echo before")
    await expect(lines(page)).to_contain_text("before")
    await page.reload()
    await expect(lines(page)).to_contain_text("before")
    await typed(page, "echo after")
    await expect(lines(page)).to_contain_text("after")


async def test_ctrl_c_ends_a_flood(visit: Visit) -> None:
    page = await visit.go(PATH)
    await opened(page)
    await typed(page, "yes")
    await page.wait_for_timeout(1_500)
    await page.keyboard.press("Control+c")
    await expect(lines(page)).to_contain_text("^C")
    await typed(page, "echo alive")
    await expect(lines(page)).to_contain_text("alive")


async def test_a_phone_has_the_keys_it_lacks(visits: Visits) -> None:
    phone = await visits.visit(view=next(view for view in VIEWS if view.phone))
    page = await phone.go(PATH)
    await opened(page)
    await page.keyboard.type("echo x")
    await page.get_by_role("button", name="Pipe").click()
    await expect(lines(page)).to_contain_text("echo x|")
    await page.get_by_role("button", name="Ctrl").click()
    await page.keyboard.type("c")
    await expect(lines(page)).to_contain_text("^C")


async def test_who_has_not_the_right_sees_no_tab(visits: Visits) -> None:
    mei = await visits.visit("mei")
    page = await mei.go("/deployments/api-1")
    await page.wait_for_load_state("networkidle")
    await expect(page.get_by_role("link", name="Terminal")).to_have_count(0)
