"""Progress: what Docker tells of a push, many times a second for each layer, as few lines a person can follow. Pure."""

from typing import Any

from msgspec import Struct

from monitor.abilities.docker.layers import Pace, counted, mega, told_each

_COMING = ("Preparing", "Waiting", "Pushing")
_THERE = ("Layer already exists", "Mounted from")
_DONE = "Pushed"


class _Layer(Struct):
    size: int = 0
    sent: int = 0
    done: bool = False
    was_there: bool = False


class PushProgress:
    """One push, told step by step."""

    def __init__(self, now: float) -> None:
        self._pace = Pace(now)
        self._layers: dict[str, _Layer] = {}

    def take(self, told: dict[str, Any], now: float) -> tuple[str, ...]:
        """The lines to show for one message of the daemon, usually none."""
        id, status = str(told.get("id") or ""), str(told.get("status") or "")
        there = status.startswith(_THERE)
        if not id or not (there or status in (*_COMING, _DONE)):
            return ()
        layer = self._layers.setdefault(id, _Layer())
        detail: dict[str, Any] = told.get("progressDetail") or {}
        # Of layers it has to pack first, Docker only guesses the size: they may turn out larger.
        layer.sent = max(layer.sent, int(detail.get("current") or 0))
        layer.size = max(layer.size, int(detail.get("total") or 0), layer.sent)
        if layer.done or not (there or status == _DONE):
            return self._due_line(now)
        layer.done, layer.was_there, layer.sent = True, there, layer.size
        return (f"{id}: {_end_of(layer)}",)

    def end(self) -> str:
        """The line after all."""
        fresh = [layer for layer in self._layers.values() if not layer.was_there]
        there = len(self._layers) - len(fresh)
        beside = f"{counted(there)} {'was' if there == 1 else 'were'} there already" if there else ""
        if not fresh:
            return beside
        told = f"pushed {counted(len(fresh))} of {mega(sum(layer.size for layer in fresh))}"
        return f"{told}; {beside}" if beside else told

    def _due_line(self, now: float) -> tuple[str, ...]:
        return self._pace.show(self._whole(), now) if self._pace.due(now) else ()

    def _whole(self) -> str:
        """All layers together; screens draw from this how far each on its way is."""
        known = [(id, layer) for id, layer in self._layers.items() if layer.size and not layer.was_there]
        if not known:
            return ""
        sent, size = (sum(getattr(layer, what) for _, layer in known) for what in ("sent", "size"))
        moving = [f"{id} {layer.sent * 100 // layer.size}%" for id, layer in known if not layer.done]
        return f"uploaded {mega(sent)} of {mega(size)}{told_each(moving)}"


def _end_of(layer: _Layer) -> str:
    if layer.was_there:
        return "is there already"
    return "pushed" + (f", {mega(layer.size)}" if layer.size else "")
