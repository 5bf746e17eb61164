"""The fleet at a glance: as heat, by what one chooses, in groups, by keys."""

import re

from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.servers import DOWN
from tests.browser.visits import Visit


async def test_the_fleet_as_heat(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/servers")
    await page.get_by_text("Heat", exact=True).click()
    cells = page.get_by_role("list", name="Servers").get_by_role("link")
    await expect(cells.filter(has_text=DOWN)).to_contain_text("Down")
    await page.get_by_text("Temperature", exact=True).click()
    await expect(cells.filter(has_text="web-2")).to_have_text(re.compile(r"web-2: Temperature \d+ °C, Ok"))
    await page.get_by_label("Order").select_option("Highest first")
    degrees = [int(found.group(1)) for text in await cells.all_inner_texts() if (found := re.search(r"(\d+) °C", text))]
    assert len(degrees) > 30
    assert degrees[0] > degrees[-1] + 10

    await page.get_by_role("button", name="Group by tag").click()
    await page.get_by_role("menuitemradio", name="production, staging").click()
    staging = page.get_by_role("list", name="staging").get_by_role("link")
    await expect(staging).to_have_count(5)
    await staging.first.focus()
    await page.keyboard.press("End")
    await expect(staging.last).to_be_focused()
    await page.reload()
    await expect(staging).to_have_count(5)

    await page.get_by_label("Search servers").fill("edge-5")
    await expect(page.get_by_role("list", name="production")).to_have_count(0)
    await staging.first.click()
    await expect(page).to_have_url(re.compile("/servers/edge-5$"))
