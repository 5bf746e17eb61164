"""Every second screen in every state and view; the rest in test_screens_two.py, so that two processes share them."""

import pytest

from tests.browser.looked_at import assert_good
from tests.browser.pictures import Gallery
from tests.browser.screens import SCREENS, Screen


@pytest.mark.parametrize("screen", SCREENS[::2], ids=lambda screen: screen.name)
async def test_a_screen_is_good_in_every_view(hall: Gallery, screen: Screen) -> None:
    await assert_good(hall, screen)
