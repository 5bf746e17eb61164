"""Usage on screen, at a desk and in a hand: ranges and zoom of charts, what stands beside them, the processes."""

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.fleet import Fleet
from tests.browser.servers import CARDS, FAILING
from tests.browser.view import DESKTOP, PHONE
from tests.browser.visits import Visit, ready

BOTH = pytest.mark.parametrize("view", [DESKTOP, PHONE], indirect=True, ids=str)


async def choose(page: Page, range: str) -> None:
    """How far the charts reach back."""
    picker = page.get_by_role("radiogroup", name="How far the charts reach back")
    await picker.get_by_text(range, exact=True).click()


async def pinch(page: Page, chart: str, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Two fingers on a chart, each from one share of its width to another."""
    plot = page.get_by_label(chart)
    await plot.scroll_into_view_if_needed()
    box = await plot.bounding_box()
    assert box is not None
    hands = await page.context.new_cdp_session(page)

    async def touch(kind: str, *shares: float) -> None:
        y = box["y"] + box["height"] / 2
        points = [{"x": box["x"] + box["width"] * share, "y": y, "id": n} for n, share in enumerate(shares)]
        await hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await touch("touchStart", begin[0])
    await touch("touchStart", *begin)
    for step in range(1, 6):
        await touch("touchMove", *(a + (b - a) * step / 5 for a, b in zip(begin, end, strict=True)))
    await touch("touchEnd", end[0])
    await touch("touchEnd")


def zoomed_to(page: Page) -> float:
    """Seconds of the part of time in the page's address."""
    asked = parse_qs(urlsplit(page.url).query)
    since, until = (datetime.fromisoformat(asked[name][0]) for name in ("since", "until"))
    return (until - since).total_seconds()


@BOTH
async def test_how_far_back_is_chosen_zoomed_and_kept_in_the_address(visit: Visit) -> None:
    page = await visit.go(f"/servers/{FAILING}")
    cpu = page.get_by_role("region", name="CPU", exact=True)
    await expect(cpu).to_contain_text(re.compile(r"\d%"))
    for name, seconds in (("Live", "live"), ("1 h", "1h")):
        await choose(page, name)
        await expect(page).to_have_url(re.compile(f"range={seconds}"))
        await expect(cpu).to_contain_text(re.compile(r"\d%"))
    await page.reload()
    await ready(page)
    await expect(page.get_by_role("radio", name="1 h")).to_be_checked()
    plot = page.get_by_label("CPU over time")
    await plot.focus()
    for key in ("End", "+", "+"):
        await page.keyboard.press(key)
    await expect(page.get_by_role("button", name="Zoom out").first).to_be_visible()
    await page.get_by_role("button", name="Zoom out").first.click()
    await expect(page.get_by_role("button", name="Zoom out")).to_have_count(0)


@pytest.mark.parametrize("view", [PHONE], indirect=True, ids=str)
async def test_two_fingers_spread_to_zoom_in_and_close_to_zoom_out(visit: Visit) -> None:
    page = await visit.go(f"/servers/{FAILING}?range=1h")
    await expect(page.get_by_role("region", name="CPU", exact=True)).to_contain_text(re.compile(r"\d%"))
    await pinch(page, "CPU over time", (0.45, 0.55), (0.2, 0.8))
    await expect(page.get_by_role("button", name="Zoom out").first).to_be_visible()
    near = zoomed_to(page)
    await pinch(page, "CPU over time", (0.2, 0.8), (0.4, 0.6))
    await page.wait_for_url(lambda url: zoomed_to(page) > near)
    assert zoomed_to(page) == pytest.approx(2 * near, abs=2)


@BOTH
async def test_what_a_host_has_stands_beside_the_charts(visit: Visit) -> None:
    page = await visit.go(f"/servers/{FAILING}")
    await expect(page.get_by_role("region", name="Failed units")).to_contain_text("certbot-renew.service")
    docker = page.get_by_role("region", name="Docker's disk use")
    await expect(docker.get_by_role("listitem").filter(has_text="Volumes")).to_contain_text(re.compile(r"\d GiB"))
    await expect(page.get_by_role("region", name="GPUs")).to_have_count(0)
    await page.get_by_role("button", name=re.compile("^More charts")).click()
    await expect(page.get_by_role("region", name="Docker's volumes")).to_contain_text("GiB")
    await visit.go(f"/servers/{CARDS}")
    await expect(page.get_by_role("region", name="GPUs").get_by_role("listitem")).to_have_count(2)
    await expect(page.get_by_role("region", name="Failed units")).to_have_count(0)


@BOTH
async def test_what_a_deployment_used(visit: Visit) -> None:
    page = await visit.go("/deployments/cart-api")
    await choose(page, "1 h")
    await expect(page.get_by_role("region", name="Memory", exact=True)).to_contain_text("MiB")
    await expect(page.get_by_role("region", name="Processes and threads")).to_be_visible()
    await choose(page, "Live")
    await expect(page.get_by_role("region", name="Processes and threads")).to_have_count(0)


@BOTH
async def test_what_runs_in_a_container(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/servers/app-2/containers/monitoring-cadvisor-1/processes")
    main = page.locator("[data-row]").filter(has_not_text="worker process")
    await expect(main).to_have_count(1)
    container = fleet.app.simulated("app-2").machine.find("monitoring-cadvisor-1")
    command, container.body["Cmd"] = container.body.get("Cmd"), ["another", "program"]
    try:
        await expect(main).to_contain_text("another program")
    finally:
        container.body["Cmd"] = command


@BOTH
async def test_the_busiest_programs_of_a_host(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go(f"/servers/{FAILING}/processes")
    rows = page.locator("[data-row]")
    await expect(rows.filter(has_text="dockerd")).to_be_visible()
    await page.get_by_role("searchbox").first.fill("containerd")
    await expect(rows).to_have_count(1)
    await page.get_by_role("button", name="Hold still").click()
    machine = fleet.app.simulated(FAILING).machine
    own, machine.processes[:] = list(machine.processes), []
    try:
        await page.get_by_role("searchbox").first.fill("dockerd")
        await expect(rows).to_have_count(1)
        await page.get_by_role("button", name="Go on").click()
        await expect(rows).to_have_count(0)
    finally:
        machine.processes[:] = own
    await expect(rows).to_have_count(1)
