"""Newer images on screen: found without a reload, chosen, and taken."""

from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.visits import Visit


async def test_what_has_a_newer_image_is_found_chosen_and_updated(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/updates?q=chat-cache")
    row = page.get_by_role("row").filter(has_text="chat-cache")
    await expect(row.get_by_text("Available")).to_be_visible()
    await row.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Update image").click()
    await expect(row).to_have_count(0, timeout=20_000)
    await visit.go("/deployments/chat-cache")
    await page.get_by_role("button", name="up to date").click()
    detail = page.get_by_role("dialog")
    await expect(detail.get_by_text("the same")).to_be_visible()
    machine = fleet.world.machine("web-11")
    machine.tags["nginx:1.27-alpine"] = f"sha256:{'e' * 64}"
    await detail.get_by_role("button", name="Check now").click()
    await expect(detail.get_by_text("sha256:eeeeeeeeeeee")).to_be_visible(timeout=20_000)
    await expect(detail.get_by_role("button", name="Update image")).to_be_visible()
