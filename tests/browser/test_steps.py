"""A deploy on the page of its deployment: its steps light up, also after a reload; names it offers."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from monitor.testing.script import Script
from tests.browser.fleet import Fleet
from tests.browser.view import DESKTOP, PHONE, View
from tests.browser.visits import Visit, ready

NAME = "api-5"
SAID = (b"0f1e2d: pulled, 8.3 MB\n", b"downloaded 3.0 MB of 9.0 MB: 9a8b7c 40%, 77aa66 unpacked 20%\n")


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^Steps of Deploy {NAME}"))


def step(page: Page, title: str) -> Locator:
    return strip(page).get_by_role("listitem").filter(has_text=title)


@pytest.mark.parametrize("view", [DESKTOP, PHONE], indirect=True, ids=str)
async def test_steps_light_up(visit: Visit, fleet: Fleet, view: View) -> None:
    placed = next(each for each in fleet.world.placed if each.name == NAME)
    machine, image = fleet.host(placed.server).machine, placed.image
    machine.images.discard(image)
    machine.scripts["pull", image] = Script(pieces=lambda: (*((0.1, piece) for piece in SAID), (8, b"")))
    page = await visit.go(f"/deployments/{NAME}/config")
    activity = await fleet.deploy(NAME)
    await expect(step(page, "Pull the image")).to_have_attribute("data-part", "now")
    await expect(step(page, "Pull the image")).to_contain_text("downloaded 3.0 MB of 9.0 MB")
    await expect(step(page, "Start the new container")).to_have_attribute("data-part", "todo")
    await page.reload()
    await ready(page)
    await expect(step(page, "Pull the image")).to_have_attribute("data-part", "now")
    await strip(page).get_by_role("button", name="Details").click()
    await expect(page.get_by_role("list", name="Layers of the image").get_by_role("listitem")).to_have_count(3)
    if view.phone:
        await page.get_by_role("button", name="Minimise").first.click()
    machine.scripts.clear()
    machine.exits[image] = 3
    try:
        await fleet.ended(activity)
        failed = step(page, "Wait until it is up")
        await expect(failed).to_have_attribute("data-part", "failed")
        await expect(failed).to_contain_text("exit code 3")
        await expect(strip(page)).to_contain_text("did not stay up")
        await expect(strip(page)).to_contain_text("Hint:")
        await strip(page).get_by_role("button", name="Put away").click()
        await expect(strip(page)).to_have_count(0)
    finally:
        machine.exits.clear()


async def test_names_used_elsewhere_are_offered(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go(f"/deployments/{NAME}/config")
    field = page.locator("[data-field='config.environment']")
    await field.get_by_text("Text", exact=True).click()
    area = field.locator("textarea").first
    await area.fill("A=1\n")
    await area.press("Control+End")
    await area.press_sequentially("log_l")
    await expect(field.get_by_role("option", name="LOG_LEVEL")).to_have_attribute("aria-selected", "true")
    await area.press("Tab")
    await expect(area).to_have_value("A=1\nLOG_LEVEL=")
    await expect(field.get_by_role("option")).to_have_count(0)
