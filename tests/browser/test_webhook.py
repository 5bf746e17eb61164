"""A webhook on screen: switched on, its secret told once, a push shown by itself with what became of it."""

import httpx2
from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.visits import Visit


async def test_a_webhook_is_set_up_and_shows_what_became_of_a_push(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/builds/mailer/webhook")
    await page.get_by_role("button", name="Switch on").click()
    setup = page.get_by_role("region", name="Set it up")
    shown = await setup.locator("pre").filter(has_text="/api/hooks/").inner_text()
    address = fleet.url + shown[shown.index("/api/hooks/") :]
    secret = await setup.locator("pre").filter(has_text="whsec_").inner_text()
    async with httpx2.AsyncClient() as service:
        wrong = await service.post(address, headers={"Authorization": "Bearer wrong"})
        ping = await service.post(address, headers={"X-GitHub-Event": "ping", "X-Gitlab-Token": secret})
        push = await service.post(address, headers={"Authorization": f"Bearer {secret}"})
    assert [answer.status_code for answer in (wrong, ping, push)] == [404, 202, 202]
    deliveries = page.get_by_role("region", name="Deliveries")
    await expect(deliveries.get_by_text("1 request with a wrong secret")).to_be_visible()
    await expect(deliveries.get_by_text("a ping: address and secret are right")).to_be_visible()
    started = deliveries.get_by_role("listitem").filter(has_text="Build started")
    await expect(started).to_have_count(1, timeout=20_000)
    await started.get_by_role("button", name="The run").click()
    await expect(page.get_by_text("webhook (token, push").first).to_be_visible()
    await visit.go("/builds/mailer/webhook")
    await expect(page.get_by_role("button", name="New secret")).to_be_visible()
    await expect(page.get_by_text(secret)).to_have_count(0)
