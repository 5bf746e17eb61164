"""What tests in a browser share: one Chromium, one fleet a file of tests, and pages that are watched."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import chromium
from tests.browser.fleet import Fleet
from tests.browser.people import ADMIN
from tests.browser.pictures import Gallery
from tests.browser.view import DESKTOP, View
from tests.browser.visits import Visit, Visits
from tests.browser.watch import Watch

HERE = Path(__file__).parent
expect.set_options(timeout=45_000)  # how soon something comes is held where that is promised, by a clock
_LOOP = "session"
"""One event loop for all: the browser, the fleet and the tests talk within it."""
_GIVEN_UP = 300
"""Seconds: one that is given up takes the loop of all with it, so none is for being slow; the first makes a world."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in here drive a browser, in the one loop. The longest files begin first, so that none goes on alone."""
    items.sort(key=lambda item: not item.path.name.startswith("test_screens"))
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(_GIVEN_UP), append=False)
            if pytest_asyncio.is_async_test(item):
                item.add_marker(pytest.mark.asyncio(loop_scope=_LOOP), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope=_LOOP)
async def browser() -> AsyncIterator[Browser]:
    """The machine's Chromium."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope=_LOOP)
async def hall(browser: Browser) -> AsyncIterator[Gallery]:
    """One for all screens of a file."""
    made = Gallery(browser)
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope=_LOOP)
async def fleet(request: pytest.FixtureRequest) -> AsyncIterator[Fleet]:
    """A world for a file of tests; of another size where the file says `SCALE = …`."""
    scale = getattr(request.module, "SCALE", None)
    made = await (Fleet() if scale is None else Fleet(scale=scale)).start()
    try:
        yield made
    finally:
        await made.stop()


@pytest_asyncio.fixture(scope="module", loop_scope=_LOOP)
async def _visits(browser: Browser, fleet: Fleet) -> Visits:
    return Visits(browser, fleet.url)


@pytest_asyncio.fixture(loop_scope=_LOOP)
async def visits(_visits: Visits, request: pytest.FixtureRequest) -> AsyncIterator[Visits]:
    """Opens pages for whom the test asks for; at its end, each must have been good."""
    yield _visits
    await _visits.end(check=not _failed(request))


@pytest.fixture
def view(request: pytest.FixtureRequest) -> View:
    """A dark desktop, unless the test is parametrized: `@pytest.mark.parametrize("view", VIEWS, indirect=True)`."""
    return getattr(request, "param", DESKTOP)


@pytest_asyncio.fixture(loop_scope=_LOOP)
async def visit(visits: Visits, view: View) -> Visit:
    """The admin's."""
    return await visits.visit(ADMIN, view)


@pytest.fixture
def page(visit: Visit) -> Page:
    """The admin's page, not opened yet."""
    return visit.page


@pytest.fixture
def watch(visit: Visit) -> Watch:
    """What watches that page."""
    return visit.watch


_PHASE = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Remember a failure, so that its cause is told and not what followed from it."""
    report = yield
    if report.failed:
        item.stash[_PHASE] = True
    return report


def _failed(request: pytest.FixtureRequest) -> bool:
    return request.node.stash.get(_PHASE, False)
