"""Chromium for the browser tests: whichever of its names really starts, for Ubuntu's package is only a pointer."""

import subprocess

from parts.packages import Need, find

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "Ubuntu has Chromium as a snap only, and its package chromium-browser is a pointer to it. "
    "Install one that starts as `chromium`, `chromium-browser` or `google-chrome`: "
    "`sudo snap install chromium`, or the .deb of Google Chrome, then try again"
)


def find_browser() -> str | None:
    """Full path of the first that says its version; one that is there but does not start counts as missing."""
    return next((path for name in NAMES if (path := find(name)) is not None and _starts(path)), None)


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


# Beside it a font with Latin, Greek, Cyrillic, Hebrew and Arabic letters, or a bare machine's pages show boxes.
CHROMIUM = Need(
    "Chromium for browser tests", lambda: find_browser() is not None, ("chromium", "fonts-dejavu-core"), ADVICE
)
