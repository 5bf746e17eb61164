"""Screen: what one picture of the web app shows."""

from collections.abc import Awaitable, Callable

from msgspec import Struct
from playwright.async_api import Page

from tests.browser.fleet import Fleet
from tests.browser.people import ADMIN
from tests.browser.view import VIEWS, View

Prepare = Callable[[Page, Fleet], Awaitable[None]]


class Screen(Struct, frozen=True, kw_only=True):
    """One picture's subject: where, who looks, in which world, and what to do before (`set_up`) or then."""

    name: str
    path: str
    who: str = ADMIN
    """Empty: nobody is signed in."""
    world: str = "fleet"
    """fleet, many (500 deployments), empty (an admin and nothing else) or fresh (no admin yet)."""
    set_up: Prepare | None = None
    """Before the page is opened; then `then` waits by itself for what it wants to see."""
    then: Prepare | None = None
    wrong: tuple[str, ...] = ()
    """What the watch is to allow."""
    whole: bool = True
    """Taken in all four views. Of the others two are enough: they show both themes and both devices."""

    @property
    def views(self) -> tuple[View, ...]:
        """In which it is taken."""
        return tuple(view for view in VIEWS if self.whole or view.phone == (view.theme == "light"))
