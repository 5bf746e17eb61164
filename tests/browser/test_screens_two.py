"""The screens that test_screens.py leaves out, in every state and view."""

import pytest

from tests.browser.looked_at import assert_good
from tests.browser.pictures import Gallery
from tests.browser.screens import SCREENS, Screen


@pytest.mark.parametrize("screen", SCREENS[1::2], ids=lambda screen: screen.name)
async def test_a_screen_is_good_in_every_view(hall: Gallery, screen: Screen) -> None:
    await assert_good(hall, screen)
