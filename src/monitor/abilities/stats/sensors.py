"""Sensors: temperatures, by hwmon where the kernel has it, else by its thermal zones."""

import re
from pathlib import Path

from monitor.kernel.hostview import Temperature

_LOWEST, _HIGHEST = -40.0, 150.0
"""What lies beyond is a sensor that is not connected."""
_MOST = 64
_INPUT = re.compile("temp.*_input")


def temperatures(sys: Path) -> tuple[Temperature, ...]:
    """Every sensor that answers now, by name."""
    found = _hwmon(sys / "class/hwmon") or _thermal(sys / "class/thermal")
    return tuple(Temperature(name, celsius) for name, celsius in sorted(found.items())[:_MOST])


def _hwmon(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for chip in _within(folder):
        name = _text(chip / "name") or chip.name
        for file in _within(chip):
            celsius = _celsius(_text(file)) if _INPUT.fullmatch(file.name) else None
            if celsius is not None:
                label = _text(file.with_name(file.name.replace("_input", "_label")))
                _add(found, f"{name} {label}".strip(), celsius)
    return found


def _thermal(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for zone in _within(folder):
        celsius = _celsius(_text(zone / "temp")) if zone.name.startswith("thermal_zone") else None
        if celsius is not None:
            _add(found, _text(zone / "type") or zone.name, celsius)
    return found


def _add(found: dict[str, float], name: str, celsius: float) -> None:
    """Two disks of one kind have sensors of one name: the second gets a number."""
    free, number = name, 2
    while free in found:
        free, number = f"{name} {number}", number + 1
    found[free] = celsius


def _celsius(text: str) -> float | None:
    try:
        celsius = int(text) / 1000
    except ValueError:
        return None
    return celsius if _LOWEST < celsius < _HIGHEST else None


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _text(file: Path) -> str:
    """What stands in it; a sensor of a sleeping device says nothing."""
    try:
        return file.read_text(errors="replace").strip()[:100]
    except OSError:
        return ""
