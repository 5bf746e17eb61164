"""Progress: what Docker tells of a pull, many times a second for each layer, as few lines a person can follow. Pure."""

from typing import Any

from msgspec import Struct

from monitor.abilities.docker.layers import Pace, counted, mega, told_each

_COMING = ("Pulling fs layer", "Waiting", "Downloading", "Verifying Checksum", "Download complete", "Extracting")
_HERE = "Already exists"
_DONE = "Pull complete"


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
        self._pace = Pace(now)
        self._layers: dict[str, _Layer] = {}

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
        beside = f"; {counted(here)} {'was' if here == 1 else 'were'} here already" if here else ""
        return (f"pulled {counted(len(fresh))} of {mega(sum(layer.size for layer in fresh))}{beside}",)

    def _due_line(self, now: float) -> tuple[str, ...]:
        return self._pace.show(self._whole(), now) if self._pace.due(now) else ()

    def _whole(self) -> str:
        """All layers together; empty while none has begun."""
        coming = [layer for layer in self._layers.values() if not layer.was_here]
        known = [layer for layer in coming if layer.size]
        if not known:
            return ""
        downloaded, size = sum(layer.downloaded for layer in known), sum(layer.size for layer in known)
        unpacked = sum(layer.unpacked for layer in known)
        line = f"downloaded {mega(downloaded)} of {mega(size)}"
        if len(known) < len(coming):
            line += f" in {len(known)} of {counted(len(coming))}"
        line += f", unpacked {mega(unpacked)}" if unpacked else ""
        return line + self._each()

    def _each(self) -> str:
        """How far each layer on its way is; screens draw them from this."""
        moving = [(id, layer) for id, layer in self._layers.items() if layer.size and not layer.done]
        return told_each([f"{id} {_far(layer)}" for id, layer in moving])


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
        return f"unpacked {layer.unpacked * 100 // layer.size}%"
    return f"{min(layer.downloaded, layer.size) * 100 // layer.size}%"


def _end_of(layer: _Layer) -> str:
    if layer.was_here:
        return "is here already"
    return "pulled" + (f", {mega(layer.size)}" if layer.size else "")
