"""Schedules on screen: made in two clicks, what a time means while it is typed, switched off, and what is wrong."""

from playwright.async_api import expect

from tests.browser import schedules
from tests.browser.visits import Visit


async def test_one_is_made_in_two_clicks_and_says_when_it_is_due(visit: Visit) -> None:
    page = await visit.go("/builds/billing/schedules")
    await page.get_by_role("link", name="New schedule").click()
    await expect(page.get_by_label("What this means").get_by_text("Every day at 03:00")).to_be_visible()
    await expect(page.get_by_label("What this means").get_by_role("listitem")).to_have_count(5)
    await page.get_by_role("button", name="Create schedule").click()
    await expect(page.get_by_role("heading", name="billing-nightly")).to_be_visible()
    await expect(page.get_by_text("as ana")).to_be_visible()
    await page.get_by_role("switch", name="Switched on").click(force=True)
    await expect(page.get_by_text("Nothing is due until it is switched on.")).to_be_visible()
    await visit.go("/builds/billing/schedules")
    await expect(page.get_by_role("link", name="billing-nightly")).to_be_visible()


async def test_a_time_that_is_none_says_so_while_it_is_typed(visit: Visit) -> None:
    visit.watch.allow("schedules/-/preview")  # core says what is wrong with it
    page = await visit.go(f"/schedules/{schedules.NIGHTLY}/config")
    await page.get_by_label("Cron expression").fill("0 25 * * *")
    await expect(page.get_by_text("'25' is no hour")).to_be_visible()
    await page.get_by_role("button", name="Weekdays").click()
    await expect(page.get_by_label("What this means").get_by_text("Every weekday at 03:00")).to_be_visible()
    await page.get_by_role("combobox", name="Action").click()
    await page.get_by_role("option", name="Many deployments at once").click()
    await expect(page.get_by_label("Pattern").first).to_be_visible()


async def test_what_would_be_refused_says_why(visit: Visit) -> None:
    visit.watch.allow("asked again .*/schedules/-/preview")  # once the hour has struck
    page = await visit.go(f"/schedules/{schedules.REFUSED}")
    await expect(page.get_by_text("kai, who switched it on, is deleted or disabled").first).to_be_visible()
