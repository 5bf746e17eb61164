"""The fleet at a glance: as heat, by what one chooses, in groups, by keys."""

import re

from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.servers import DOWN
from tests.browser.visits import Visit

STAGING = ("app-6", "ci-4", "db-5", "edge-5", "web-12")


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
    # The menu gives the focus back where it came from, once it has faded.
    await expect(page.get_by_role("button", name="Grouped by production, staging")).to_be_focused()
    staging = page.get_by_role("list", name="staging").get_by_role("link")
    await expect(staging).to_have_count(5)
    await page.get_by_label("Order").select_option("By name")  # figures go on changing, and cells their places
    names = [re.compile(rf"^{name}\b") for name in STAGING]
    await expect(staging).to_have_text(names)
    await staging.first.focus()
    await page.keyboard.press("End")
    await expect(staging.last).to_be_focused()
    await page.get_by_text("CPU", exact=True).click()
    await page.get_by_label("Order").select_option("Highest first")
    await expect(staging.last).to_contain_text("edge-5")
    await expect(staging.filter(has_text="web-12")).to_have_attribute("tabindex", "0")
    await page.reload()
    await expect(staging).to_have_count(5)
    await page.get_by_label("Order").select_option("By name")  # figures go on changing, and cells their places

    await page.get_by_label("Search servers").fill("edge-5")
    await expect(page.get_by_role("list", name="production")).to_have_count(0)
    await staging.first.click()
    await expect(page).to_have_url(re.compile("/servers/edge-5$"))


async def test_zooming_charts(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/servers/web-2?range=6h")
    chart = page.get_by_role("slider", name="CPU over time")
    box = await chart.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 100, box["y"] + 40)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 200, box["y"] + 40, steps=3)
    await page.mouse.up()
    await expect(page).to_have_url(re.compile("since=.*&until="))
    bar = page.get_by_role("region", name="Zoomed charts")
    await expect(bar).to_be_visible()
    dragged = page.url

    async with page.expect_response(re.compile("usage_history.*until=")):  # asked for anew, more finely
        await page.keyboard.press("<")
    await bar.get_by_role("button", name="Later").click()
    await chart.focus()
    await page.keyboard.press("Escape")
    await expect(bar).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"\?range=6h$"))

    await page.goto(dragged)  # as shared
    await expect(bar).to_be_visible()
    await chart.dblclick()
    await expect(bar).to_have_count(0)


async def test_what_happened_is_marked_and_leads_there(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/servers/web-2?range=24h")
    await page.get_by_role("region", name="What happened").get_by_role("link", name="deployed api-2").click()
    await expect(page).to_have_url(re.compile("range=24h&activity="))
    await expect(page.get_by_label(re.compile("Deploy api-2")).first).to_be_visible()
