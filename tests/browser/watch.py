"""Watch: sees everything a page does that it must not: errors, failed requests, broken policy, polling."""

import asyncio
import re
import time
from collections import Counter
from typing import Any

from playwright.async_api import ConsoleMessage, Page, Request, Response

_ASKING = ("fetch", "xhr", "eventsource")
_OF_THE_MACHINE = "ERR_NETWORK_CHANGED"
"""Chromium drops requests while the machine gets or loses an interface, as it does for each container on a bridge.

What the page then says of what was dropped is none of its faults either.
"""
_NO_PART = re.compile(r"TypeError: Cannot read properties of undefined \(reading '\w+'\)")
"""What asking for a part of the app comes to that was dropped, before the page loads itself anew."""
_TOLD_LATE = 0.5
"""Seconds: that somebody acted is told beside what he made the page ask, and on a busy machine after it."""
_ON_PAGE = """
for (const kind of ["pointerdown", "keydown", "wheel", "popstate", "touchstart"])
  addEventListener(kind, (event) => event.isTrusted && globalThis.__acted?.(), { capture: true, passive: true });
document.addEventListener("securitypolicyviolation", (event) =>
  globalThis.__refused?.(`${event.violatedDirective} refused ${event.blockedURI || "inline"} in ${event.sourceFile}`));
"""


class Watch:
    """Of one page; `check` fails with all that was wrong and not allowed by the test."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._wrong: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        self._asked: Counter[str] = Counter()
        self._dropped: list[str] = []
        self._again: list[tuple[float, str]] = []
        """When what was asked again, since the last act."""
        self.gets: list[str] = []
        """Every GET the page's scripts sent."""

    @classmethod
    async def over(cls, page: Page) -> "Watch":
        """Watch a page that was not loaded yet."""
        watch = cls(page)
        await page.expose_function("__acted", watch._acted)
        await page.expose_function("__refused", lambda what: watch._note(f"content policy: {what}"))
        await page.add_init_script(_ON_PAGE)
        page.on("console", watch._console)
        page.on("pageerror", lambda error: watch._note(f"page error: {error}"))
        page.on("request", watch._request)
        page.on("requestfailed", watch._failed)
        page.on("response", watch._response)
        page.on("framenavigated", lambda frame: watch._acted() if frame == page.main_frame else None)
        page.on("crash", lambda _: watch._note("the page crashed"))
        return watch

    def allow(self, *patterns: str) -> None:
        """What this test expects to go wrong: searched in lines like `404 GET /api/…`, `console error: …`."""
        self._allowed += [re.compile(pattern) for pattern in patterns]

    @property
    def wrong(self) -> list[str]:
        """All that went wrong and is not allowed."""
        told = [what for what in self._wrong if not self._is_of_the_machine(what)]
        return [what for what in told if not any(p.search(what) for p in self._allowed)]

    def check(self) -> None:
        """AssertionError with every line of `wrong`."""
        assert not self.wrong, "the page did what it must not:\n  " + "\n  ".join(self.wrong)

    def _is_of_the_machine(self, what: str) -> bool:
        no_part = any("/assets/" in url for url in self._dropped) and _NO_PART.search(what)
        return bool(no_part) or any(url in what for url in self._dropped)

    def _note(self, what: str) -> None:
        if _OF_THE_MACHINE not in what:
            self._wrong.append(what)

    def _acted(self) -> None:
        self._asked.clear()
        for at, what in self._again:
            if time.monotonic() - at < _TOLD_LATE:
                self._wrong.remove(what)
        self._again.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self._note(f"console {message.type}: {message.text[:1000]} ({where})")

    def _request(self, request: Request) -> None:
        if request.method != "GET" or request.resource_type not in _ASKING:
            return
        self.gets.append(request.url)
        self._asked[request.url] += 1
        if self._asked[request.url] == 2:
            what = f"asked again without anybody acting: GET {request.url}"
            self._again.append((time.monotonic(), what))
            self._note(what)

    def _failed(self, request: Request) -> None:
        if _OF_THE_MACHINE in (request.failure or ""):
            self._dropped.append(request.url)
        elif request.failure != "net::ERR_ABORTED":  # the page itself let go, or was left
            self._note(f"request failed: {request.method} {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {response.request.method} {response.url}")


async def assert_no_polling(page: Page, seconds: float = 5.0) -> None:
    """AssertionError if the page, left alone, asks for anything at all."""
    asked: list[str] = []

    def note(request: Any) -> None:
        if "/assets/" in request.url:
            return  # a part of the app, fetched once when there is time
        asked.append(f"{request.method} {request.url}")

    page.on("request", note)
    page.on("websocket", lambda socket: asked.append(f"websocket {socket.url}"))
    await asyncio.sleep(seconds)
    page.remove_listener("request", note)
    assert not asked, f"an idle page asked within {seconds:g} s:\n  " + "\n  ".join(asked)
