"""Progress: what Docker tells of a pull, many times a second for each layer, as few lines a person can follow. Pure."""

from typing import Any

from msgspec import Struct

_EVERY = 0.25
"""Seconds between two lines about what is on its way,"""
_SLOWER_AFTER, _SLOWER = 10.0, 1.0
"""and from so many seconds on."""
_COMING = ("Pulling fs layer", "Waiting", "Downloading", "Verifying Checksum", "Download complete", "Extracting")
_HERE = "Already exists"
_DONE = "Pull complete"
_MOST = 8
"""Layers on their way that are told one by one."""


class _Layer(Struct):
    """How far one has come, in bytes; its size is known once it begins."""

    size: int = 0
    downloaded: int = 0
    unpacked: int = 0
    done: bool = False
    was_here: bool = False


class Progress:
    """One pull, told step by step."""

    def __init__(self, now: float) -> None:
        self._begun = now
        self._due = now
        self._layers: dict[str, _Layer] = {}
        self._last = ""

    def take(self, told: dict[str, Any], now: float) -> tuple[str, ...]:
        """The lines to show for one message of the daemon, usually none."""
        id, status = str(told.get("id") or ""), str(told.get("status") or "")
        if not id or status not in (*_COMING, _DONE, _HERE):
            line = ": ".join(word for word in (id, status) if word)
            return (line,) if line else ()
        layer = self._layers.setdefault(id, _Layer())
        _note(layer, status, told.get("progressDetail") or {})
        if layer.done:
            return (f"{id}: {_end_of(layer)}",)
        return self._due_line(now)

    def end(self) -> tuple[str, ...]:
        """The line after all."""
        fresh = [layer for layer in self._layers.values() if not layer.was_here]
        if not fresh:
            return ()
        here = len(self._layers) - len(fresh)
        beside = f"; {_counted(here)} {'was' if here == 1 else 'were'} here already" if here else ""
        return (f"pulled {_counted(len(fresh))} of {_mega(sum(layer.size for layer in fresh))}{beside}",)

    def _due_line(self, now: float) -> tuple[str, ...]:
        if now < self._due:
            return ()
        line = self._whole()
        if not line or line == self._last:
            return ()
        self._last = line
        self._due = now + (_EVERY if now - self._begun < _SLOWER_AFTER else _SLOWER)
        return (line,)

    def _whole(self) -> str:
        """All layers together; empty while none has begun."""
        coming = [layer for layer in self._layers.values() if not layer.was_here]
        known = [layer for layer in coming if layer.size]
        if not known:
            return ""
        downloaded, size = sum(layer.downloaded for layer in known), sum(layer.size for layer in known)
        unpacked = sum(layer.unpacked for layer in known)
        line = f"downloaded {_mega(downloaded)} of {_mega(size)}"
        if len(known) < len(coming):
            line += f" in {len(known)} of {_counted(len(coming))}"
        line += f", unpacked {_mega(unpacked)}" if unpacked else ""
        return line + self._each()

    def _each(self) -> str:
        """How far each layer on its way is; screens draw them from this."""
        moving = [(id, layer) for id, layer in self._layers.items() if layer.size and not layer.done]
        told = [f"{id} {_far(layer)}" for id, layer in moving[:_MOST]]
        more = [f"{len(moving) - _MOST} more"] if len(moving) > _MOST else []
        return ": " + ", ".join((*told, *more)) if told else ""


def _note(layer: _Layer, status: str, detail: dict[str, Any]) -> None:
    layer.size = max(layer.size, int(detail.get("total") or 0))
    current = int(detail.get("current") or 0)
    if status == "Downloading":
        layer.downloaded = max(layer.downloaded, current)
    elif status in ("Verifying Checksum", "Download complete"):
        layer.downloaded = layer.size
    elif status == "Extracting":
        layer.downloaded, layer.unpacked = layer.size, max(layer.unpacked, current)
    elif status in (_DONE, _HERE):
        layer.downloaded = layer.unpacked = layer.size
        layer.done, layer.was_here = True, status == _HERE


def _far(layer: _Layer) -> str:
    if layer.unpacked:
        return f"unpacked {layer.unpacked * 100 // layer.size} %"
    return f"{min(layer.downloaded, layer.size) * 100 // layer.size} %"


def _end_of(layer: _Layer) -> str:
    if layer.was_here:
        return "is here already"
    return "pulled" + (f", {_mega(layer.size)}" if layer.size else "")


def _mega(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _counted(number: int) -> str:
    return f"{number} layer" + ("" if number == 1 else "s")
