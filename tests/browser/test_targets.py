"""Alert targets on screen: made, tested with the answer in place, and shown by the browser itself."""

from playwright.async_api import expect

from monitor.core.memory import Changes
from monitor.kernel.alerts import ALERT_EVENT
from monitor.notifier.task import Outcome, Task
from monitor.store.contract import Entry
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit
from tests.notifying.events import an_event

_STAND_IN = """
window.shown = [];
window.Notification = class { constructor(title, options) { window.shown.push([title, options.body]); } };
window.Notification.permission = "granted";
window.Notification.requestPermission = async () => "granted";
"""


async def test_a_target_is_made_tested_and_shown_by_the_browser(visit: Visit, fleet: Fleet) -> None:
    async def refuse(clock: object, task: Task) -> Outcome:
        return Outcome(delivered=False, error=f"Unauthorized, asking {task.url}")

    fleet.app.core.notify = refuse
    visit.watch.allow(r"^4\d\d POST \S+/api/alert_targets", r"Failed to load resource")
    await visit.page.add_init_script(_STAND_IN)
    page = await visit.go("/alert_targets/new")
    await page.get_by_label("Name").fill("on-call")
    await page.get_by_label("Service", exact=True).click()
    await page.get_by_role("option", name="Gotify").click()
    await expect(page.get_by_text("gotifys://gotify.example.org/TOKEN")).to_be_visible()
    await page.get_by_label("URL (optional)").fill("ntfys://ntfy.example.org/topic")
    await page.get_by_role("button", name="Create alert target").click()
    await expect(page.get_by_text("ntfys:// is ntfy: choose that").first).to_be_visible()
    await page.get_by_label("URL (optional)").fill("gotifys://gotify.example.org/a-secret-token")
    await page.get_by_role("button", name="Create alert target").click()
    await page.get_by_role("button", name="Send a test message").click()
    test = page.get_by_role("region", name="Test")
    await expect(test.get_by_text("Not delivered")).to_be_visible()
    await expect(test.get_by_text("Unauthorized, asking ********")).to_be_visible()
    await expect(page.get_by_role("region", name="Deliveries").get_by_text("Failed")).to_be_visible()

    await visit.go("/settings")
    await page.get_by_label("Show alerts in this browser").check(force=True)
    event = an_event(fleet.app.clock.now(), name="db-main")
    changes = Changes()
    changes.put(ALERT_EVENT, event.id, event)
    await page.wait_for_timeout(500)
    await fleet.app.core.parts.memory.commit(changes, Entry("alert", fleet.app.clock.now()))
    for _ in range(100):  # the page's content policy lets nothing be waited for by a script
        if await page.evaluate("window.shown.length"):
            break
        await page.wait_for_timeout(50)
    assert (await page.evaluate("window.shown"))[0][0] == "[critical] db-main /data: Disk full"
