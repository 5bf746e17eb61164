"""Alerts on screen: found, looked at and acknowledged; what was; a rule tried on past data while it is typed."""

import re

from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.keyboard import reach
from tests.browser.view import PHONE
from tests.browser.visits import Visit, Visits


async def test_an_alert_is_found_looked_at_and_acknowledged(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alerts?q=chat-cache")
    row = page.get_by_role("row").filter(has_text="chat-cache")
    await expect(row).to_have_count(1)
    await row.get_by_role("link", name="Has a newer image").click()
    detail = page.get_by_role("complementary", name="Has a newer image")
    await expect(detail.get_by_text("Opened")).to_be_visible()
    told = detail.get_by_role("region", name="Notifications").get_by_role("listitem")
    await expect(told.filter(has_text="Failed to ticket-system")).to_contain_text("3 tries, answered 503")
    await expect(told.get_by_role("link", name="ops-phone").first).to_be_visible()
    await detail.get_by_role("button", name="Acknowledge…").click()
    form = page.get_by_role("dialog", name="Acknowledge")
    await form.get_by_text("1 h", exact=True).click()
    await form.get_by_label("Comment").fill("on Monday")
    await form.get_by_role("button", name="Acknowledge").click()
    await expect(detail.get_by_text("on Monday")).to_be_visible()
    await expect(row.get_by_text("Acknowledged by ana")).to_be_visible()
    await row.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Take back").last.click()
    await expect(row.get_by_text("Open", exact=True)).to_be_visible()


async def test_beside_how_a_thing_stands_is_what_it_is_alerted_of(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/deployments?q=worker-mail")
    sign = page.get_by_role("row").filter(has_text="worker-mail").get_by_role("link", name=re.compile("alert: "))
    await sign.click()
    await expect(page.get_by_role("complementary", name="Ran out of memory")).to_be_visible()
    page = await visit.go("/deployments/worker-mail")
    await expect(
        page.locator("header").get_by_role("link", name=re.compile("alert: Ran out of memory"))
    ).to_be_visible()
    # A newer image is no trouble.
    page = await visit.go("/deployments?q=chat-cache")
    await expect(page.get_by_role("row").filter(has_text="chat-cache")).to_have_count(1)
    await expect(page.get_by_role("link", name=re.compile("alert: "))).to_have_count(0)


async def test_a_phone_says_how_many_alerts_wait(visits: Visits, fleet: Fleet) -> None:
    phone = await visits.visit(view=PHONE)
    page = await phone.go("/servers")
    alerts = page.get_by_role("navigation", name="Main").get_by_role("link", name="Alerts")
    await expect(alerts).to_contain_text(re.compile(r"\d"))
    await alerts.click()
    await expect(page).to_have_url(re.compile("/alerts$"))
    await expect(alerts).to_have_attribute("aria-current", "page")


async def test_alerts_are_grouped_and_newer_images_stand_below_trouble(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alerts")
    await expect(page.locator("[data-row]").last).to_contain_text("Has a newer image")
    await page.get_by_role("button", name="Group", exact=True).click()
    await page.get_by_role("menuitemradio", name="Rule").click()
    await expect(page).to_have_url(re.compile("group=rule"))
    heads = page.locator("[data-fold]")
    await expect(heads.filter(has_text="image-update")).to_contain_text("18")
    await heads.filter(has_text="image-update").click()
    await expect(page.get_by_text("Has a newer image")).to_have_count(0)
    await expect(heads.last).to_contain_text("image-update")


async def test_what_is_over_is_found_by_its_server(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alerts?view=history&f=server:db-1")
    await expect(page.locator("[data-row]")).to_have_count(1)
    await page.get_by_role("link", name="File system /var/lib/docker").click()
    detail = page.get_by_role("complementary")
    await expect(detail.get_by_text("Became critical")).to_be_visible()
    await expect(detail.get_by_text("old images go at noon")).to_be_visible()


async def test_a_rule_says_in_words_what_it_does_and_when_it_would_have_fired(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alert_rules/cpu/config")
    preview = page.get_by_role("region", name="What this rule does")
    await expect(preview.get_by_text("Warning over 90%")).to_be_visible()
    await expect(preview.get_by_text("Would not have fired")).to_be_visible()
    await page.get_by_role("textbox", name="Critical").fill("101")
    await expect(preview.get_by_text("critical over 101%")).to_be_visible()


async def test_an_alert_is_acknowledged_by_keys_alone(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alerts?q=stock-cache")
    row = page.locator("[data-row]")
    await expect(row).to_have_count(1)
    await page.keyboard.press("j")
    await expect(row).to_be_focused()
    await page.keyboard.press("Enter")
    detail = page.get_by_role("complementary", name="Has a newer image")
    await expect(detail.get_by_text("Opened")).to_be_visible()
    await expect(row).to_be_focused()
    await page.keyboard.press("Shift+A")
    await expect(page.get_by_label("Comment")).to_be_focused()
    await page.keyboard.type("on Monday")
    await page.keyboard.press("Control+Enter")
    await expect(row.get_by_text("Acknowledged by ana")).to_be_visible()
    await page.keyboard.press("d")
    await expect(detail).to_be_focused()
    for name in ("Copy link", "Close", "Take back"):
        await page.keyboard.press("Tab")
        await expect(detail.get_by_role("button", name=name, exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(row.get_by_text("Open", exact=True)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(detail).to_have_count(0)
    await expect(row).to_be_focused()


async def test_alerts_of_a_server_are_gone_through_by_keys(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/servers/db-1/alerts")
    rows = page.locator("[data-row]")
    await expect(rows.first).to_be_visible()
    await page.keyboard.press("j")
    await expect(rows.first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary")).to_be_visible()


async def test_a_rule_is_changed_by_keys_alone(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/alert_rules/memory/config")
    level = page.get_by_role("textbox", name="Critical")
    await reach(page, level)
    before = await level.input_value()
    await level.select_text()
    await page.keyboard.type("96")
    await page.keyboard.press("Control+s")
    await expect(page.get_by_role("dialog", name="Review changes")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="Saved")).to_be_visible()
    assert before != "96"
