"""Visits: people who open the web app, each in a browser context of his own, watched all the time."""

from collections.abc import Callable
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser import measure
from tests.browser.people import ADMIN, PASSWORD
from tests.browser.view import DESKTOP, View
from tests.browser.watch import Watch

_NOT_SIGNED_IN = (r"401 GET \S+/api/me", r"console error: Failed to load resource: .* 401 .*/api/me")
"""How a page finds out that nobody is signed in."""


class Visit:
    """One page of somebody, and what watches it."""

    def __init__(self, context: BrowserContext, page: Page, watch: Watch) -> None:
        self.context = context
        self.page = page
        self.watch = watch

    async def go(self, path: str) -> Page:
        """Open a path and wait until the first snapshot is shown."""
        await self.page.goto(path, wait_until="commit")
        await ready(self.page)
        return self.page


class Visits:
    """To one core. Each person signs in once, through the form; later visits bring the session along."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._sessions: dict[str, StorageState] = {}
        self._open: list[Visit] = []

    async def visit(self, name: str = ADMIN, view: View = DESKTOP, **more: Any) -> Visit:
        """A fresh page of somebody who is signed in; of nobody for an empty name. `more` is for the context."""
        if name and name not in self._sessions:
            self._sessions[name] = await self._sign_in(name)
        return await self._new(view, storage_state=self._sessions.get(name), **more)

    async def end(self, *, check: bool = True) -> None:
        """Close all pages there are; AssertionError if one of them did what it must not."""
        visits, self._open = self._open, []
        for visit in visits:
            await visit.context.close()
        for visit in visits:
            if check:
                visit.watch.check()

    async def _new(self, view: View, **more: Any) -> Visit:
        context = await self._browser.new_context(base_url=self._url, **{**view.context(), **more})
        context.set_default_timeout(45_000)
        page = await context.new_page()
        watch = await Watch.over(page)
        watch.allow(*([] if more.get("storage_state") else _NOT_SIGNED_IN))
        await measure.observe(page)
        self._open.append(visit := Visit(context, page, watch))
        return visit

    async def _sign_in(self, name: str) -> StorageState:
        visit = await self._new(DESKTOP)
        await visit.page.goto("/")
        await sign_in(visit.page, name)
        await ready(visit.page)
        # Without what pages have stored: to put it back, Playwright would load a page of its own before each.
        state: StorageState = {"cookies": (await visit.context.storage_state())["cookies"], "origins": []}
        self._open.remove(visit)
        await visit.context.close()
        visit.watch.check()
        return state


async def sign_in(page: Page, name: str = ADMIN, password: str = PASSWORD) -> None:
    """Fill the form as a person would."""
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def ready(page: Page) -> None:
    """The first snapshot is shown, and the link is live."""
    await expect(page.locator("[data-ready='true']")).to_be_attached()
    await expect(page.locator("[data-live='live']").first).to_be_attached()


Prepare = Callable[[Page], Any]
