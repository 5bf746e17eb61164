"""Long past: eight days of a server's use, put into core's store as if it had been measured; coarse, to be quick."""

from datetime import UTC, datetime, timedelta

from monitor.core.history.codec import Block, Series, pack
from monitor.core.history.levels import LEVELS, Level
from monitor.core.history.names import server_entity
from monitor.core.history.rollup import roll_up
from monitor.core.history.scale import MISSING, encoder
from monitor.kernel.measures import OF_SERVERS, server_figures
from monitor.store.contract import Packed
from monitor.testing.clock import ShiftedClock
from tests.browser.world import World

_DAYS = 8
_SAMPLE = 600
"""Seconds between two figures that are made up; what lies between is as the one before."""
_KEPT = ("cpu", "memory", "memory_used", "memory_total", "load", "received", "sent", "read", "written", "disk")
_MINUTES, _TENS = LEVELS[1], LEVELS[2]


async def remember(world: World, *servers: str) -> None:
    """Up to an hour ago; the last hour is what core took itself. Once for each server."""
    until = int((world.now - timedelta(hours=1)).timestamp())
    for name in servers:
        entity = server_entity(world.id("server", name))
        if await world.app.store.packed(entity, _MINUTES.number, 0, until - 86_400):
            continue
        minutes = _minutes(world, name, until)
        tens = {at: roll_up(_TENS, _MINUTES, at, minutes) for at in {_TENS.block_of(start) for start in minutes}}
        await _keep(world, entity, _MINUTES, minutes)
        await _keep(world, entity, _TENS, tens)


def _minutes(world: World, name: str, until: int) -> dict[int, Block]:
    usage, clock = world.machine(name).usage, ShiftedClock()
    rows: dict[int, dict[str, float]] = {}
    for at in range(until // _SAMPLE * _SAMPLE - _DAYS * 86_400, until, _SAMPLE):
        clock.set_to(datetime.fromtimestamp(at, UTC))
        rows[at] = server_figures(usage(clock))
    return {start: _block(start, rows) for start in {_MINUTES.block_of(at) for at in rows}}


def _block(start: int, rows: dict[int, dict[str, float]]) -> Block:
    repeated = _SAMPLE // _MINUTES.step
    columns: dict[str, Series] = {}
    for key in _KEPT:
        unit = OF_SERVERS[key].unit
        encode = encoder(unit)
        codes: list[int] = []
        for at in range(start, start + _MINUTES.period, _SAMPLE):
            codes += [encode(rows[at][key]) if at in rows else MISSING] * repeated
        columns[key] = Series(key, unit, (codes, codes, codes))
    return Block(_MINUTES.points, columns)


async def _keep(world: World, entity: str, level: Level, blocks: dict[int, Block]) -> None:
    await world.app.store.keep([Packed(entity, level.number, start, pack(block)) for start, block in blocks.items()])
