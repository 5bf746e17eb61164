"""View: what somebody looks through: a desktop or a phone, in the light or in the dark."""

from typing import Any

from msgspec import Struct


class View(Struct, frozen=True):
    """A size, with or without touch, and a theme."""

    device: str
    theme: str

    def __str__(self) -> str:
        return f"{self.device}-{self.theme}"

    @property
    def phone(self) -> bool:
        """Whether it is held in a hand."""
        return self.device == "phone"

    def context(self) -> dict[str, Any]:
        """What a browser's context is made with."""
        size = {"width": 360, "height": 780} if self.phone else {"width": 1440, "height": 900}
        return {
            "viewport": size,
            "screen": size,
            "color_scheme": self.theme,
            "has_touch": self.phone,
            "is_mobile": self.phone,
            "reduced_motion": "no-preference",
            "locale": "en-GB",
            "timezone_id": "Europe/Berlin",
        }


DESKTOP = View("desktop", "dark")
PHONE = View("phone", "dark")
VIEWS = tuple(View(device, theme) for device in ("desktop", "phone") for theme in ("dark", "light"))
