"""The main job on screen: build source, deploy what it makes, watch it; by mouse, and the same by keys alone."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.fleet import Fleet
from tests.browser.keyboard import choose, reach
from tests.browser.people import ADMIN, PASSWORD
from tests.browser.view import DESKTOP, PHONE, View
from tests.browser.visits import Visit, Visits, ready

ENDED = 30_000


def drawer(page: Page, title: str) -> Locator:
    """The drawer of one activity; at the end its title says the version, too."""
    return page.locator(f"[aria-label^='{title}']").first


async def watch(page: Page, view: View) -> None:
    """On a desktop the drawer opens by itself; on a phone, which it would fill, a toast offers it."""
    if view.phone:
        await page.get_by_role("button", name=re.compile("^(Watch|Open)$")).first.click()


async def pick(page: Page, label: str, option: str, *, within: Locator | None = None) -> None:
    """Open a select and click an option."""
    field = (within or page).get_by_role("combobox", name=label, exact=True)
    await field.click()
    await field.fill(option)
    await page.get_by_role("option", name=option, exact=True).first.click()


@pytest.mark.parametrize("view", [DESKTOP, PHONE], indirect=True, ids=str)
async def test_by_mouse(visit: Visit, fleet: Fleet, view: View) -> None:
    name = f"shop-{view.device}"
    page = await visit.go("/builds")
    await page.get_by_role("link", name="New build").click()
    await page.get_by_role("textbox", name="Name", exact=True).fill(name)
    await pick(page, "Server", "ci-3")
    await page.get_by_role("textbox", name="Repository").fill("https://git.example.com/acme/shop")
    await page.get_by_role("button", name="Create build").click()
    await expect(page).to_have_url(re.compile(f"/builds/{name}"))
    await ready(page)
    await page.get_by_role("button", name="Build", exact=True).click()
    await watch(page, view)
    running = drawer(page, f"Build {name}")
    await expect(running.get_by_text("Succeeded").first).to_be_attached(timeout=ENDED)
    await running.get_by_role("button", name="Close").first.click()
    await expect(page.locator("main").get_by_text("0.0.1").first).to_be_visible()

    await page.goto("/deployments/new")
    await ready(page)
    await page.get_by_role("textbox", name="Name", exact=True).fill(name)
    await pick(page, "Server", "ci-3")
    image = page.get_by_role("region", name="Image")
    await image.get_by_text("Build", exact=True).click()
    await pick(page, "Build", name, within=image)
    await page.get_by_role("button", name="Create deployment").click()
    await expect(page).to_have_url(re.compile(f"/deployments/{name}"))
    await ready(page)
    await page.get_by_role("button", name="Deploy", exact=True).click()
    await watch(page, view)
    deploying = drawer(page, f"Deploy {name}")
    await expect(deploying.get_by_text("Succeeded").first).to_be_attached(timeout=ENDED)
    await deploying.get_by_role("button", name="Close").first.click()
    await expect(page.locator("header [data-state='ok']").first).to_be_visible()
    host = fleet.host("ci-3").machine
    host.find(name).write(fleet.clock.now(), b"listening on 8080")
    await page.get_by_role("link", name="Log", exact=True).click()
    await expect(page.get_by_text("listening on 8080")).to_be_visible()


async def test_by_keys_alone(visits: Visits, fleet: Fleet) -> None:
    visit = await visits.visit("")
    page = visit.page
    await page.goto("/builds/new")
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await page.keyboard.type(ADMIN)
    await reach(page, page.get_by_label("Password", exact=True))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await ready(page)
    await reach(page, page.get_by_role("textbox", name="Name", exact=True))
    await page.keyboard.type("keys")
    await reach(page, page.get_by_role("combobox", name="Server"))
    await choose(page, "ci-4")
    await reach(page, page.get_by_role("textbox", name="Repository"))
    await page.keyboard.type("https://git.example.com/acme/keys")
    await page.keyboard.press("Control+s")
    await expect(page).to_have_url(re.compile("/builds/keys"))
    await reach(page, page.get_by_role("button", name="Build", exact=True))
    await page.keyboard.press("Enter")
    await expect(drawer(page, "Build keys").get_by_text("Succeeded").first).to_be_attached(timeout=ENDED)
    await reach(page, drawer(page, "Build keys").get_by_role("button", name="Close"))
    await page.keyboard.press("Enter")
    await expect(drawer(page, "Build keys")).to_have_count(0)

    await page.keyboard.press("Control+k")
    await expect(page.locator("[role='dialog'] input")).to_be_focused()
    await page.keyboard.type("new deployment")
    await expect(page.get_by_role("option").first).to_contain_text(re.compile("new deployment", re.IGNORECASE))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/deployments/new"))
    await ready(page)
    await reach(page, page.get_by_role("textbox", name="Name", exact=True))
    await page.keyboard.type("keys")
    await reach(page, page.get_by_role("combobox", name="Server"))
    await choose(page, "ci-4")
    await reach(page, page.get_by_role("region", name="Image").get_by_role("radio").first)
    await page.keyboard.press("ArrowRight")
    await reach(page, page.get_by_role("region", name="Image").get_by_role("combobox", name="Build"))
    await choose(page, "keys")
    await page.keyboard.press("Control+s")
    await expect(page).to_have_url(re.compile("/deployments/keys"))
    await page.keyboard.press("Control+k")
    await expect(page.locator("[role='dialog'] input")).to_be_focused()
    await page.keyboard.type("> deploy keys")
    await page.get_by_role("option").first.wait_for()
    await page.keyboard.press("Enter")
    await expect(drawer(page, "Deploy keys").get_by_text("Succeeded").first).to_be_attached(timeout=ENDED)
