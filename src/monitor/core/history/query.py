"""Query: the past of one entity, from the level that fits the time asked for; what is not rolled up yet is here."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from monitor.core.history.codec import Block
from monitor.core.history.history import History
from monitor.core.history.levels import FINE, LEVELS, Level, next_finer, oldest
from monitor.core.history.open_block import overlaid
from monitor.core.history.rolling import readable
from monitor.core.history.rollup import joined, merged, roll_up, units
from monitor.core.history.scale import MISSING, decoder
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Invalid
from monitor.kernel.measures import Measure, Unit, plain
from monitor.kernel.past import Past, PastQuery, PastSeries
from monitor.store.contract import Store

_FINER = 4
"""Kept points that are put together to one that is shown, at most, as long as there is a coarser level."""

_USUAL = timedelta(hours=1)
_LONGEST = 10 * 366 * 86_400.0


class Query:
    """Answers from the store and from what is open."""

    def __init__(self, store: Store, history: History, clock: Clock) -> None:
        self._store = store
        self._history = history
        self._clock = clock

    async def past(self, entity: str, measures: Mapping[str, Measure], asked: PastQuery[Any]) -> Past:
        """Of the figures that are asked for, by key or measure, at most so many points. Invalid for what cannot be."""
        wanted, (begin, end), points = _wanted(measures, asked), self._span(asked), asked.points
        level = self._level(entity, begin, end, points)
        ratio = max(ceil((end - begin) / level.step / points), 1)
        step = level.step * ratio
        first = int(begin // step) * step
        last = max(ceil(end / step) * step, first + step)
        blocks = await self._blocks(level, entity, first, last, wanted)
        cut = _Cut(level, first, last, ratio, blocks)
        series = [
            _shown(key, Unit(unit), measures[plain(key)], cut)
            for key, unit in sorted(units(blocks).items())
            if plain(key) in measures
        ]
        return Past(
            since=datetime.fromtimestamp(first, UTC),
            step=step,
            points=(last - first) // step,
            resolution=level.step,
            series=tuple(series),
        )

    def _span(self, asked: PastQuery[Any]) -> tuple[float, float]:
        now = self._clock.now()
        until = min(asked.until or now, now)
        since = asked.since or until - _USUAL
        if since >= until:
            raise Invalid.field("since", "is not before `until`, or lies in the future")
        return max(since.timestamp(), until.timestamp() - _LONGEST), until.timestamp()

    def _level(self, entity: str, begin: float, end: float, points: int) -> Level:
        """The finest that is kept so long and has not far too many points."""
        now = self._clock.now().timestamp()
        keep = self._history.rolling.keep
        for level in LEVELS[:-1]:
            if begin >= oldest(keep, level, entity, now) and (end - begin) / level.step <= _FINER * points:
                return level
        return LEVELS[-1]

    async def _blocks(
        self, level: Level, entity: str, first: int, last: int, wanted: frozenset[str]
    ) -> dict[int, Block]:
        """By their beginnings; those of a coarser level that are not made yet are made here, of what there is."""
        begin = level.block_of(first)
        stored = await self._store.packed(entity, level.number, begin, last)
        blocks = {packed.start: block for packed in stored if (block := readable(packed, wanted)) is not None}
        finer = next_finer(level)
        if finer is None:
            for start, block in self._history.open_blocks(entity).items():
                if begin <= start < last:
                    mine = block.block(wanted)
                    blocks[start] = overlaid(blocks[start], mine) if start in blocks else mine
            return blocks
        made = max(self._history.rolling.made(level), begin)
        missing = [start for start in range(level.block_of(made), last, level.period) if start not in blocks]
        if missing:
            below = await self._blocks(finer, entity, missing[0], last, wanted)
            for start in missing:
                parts = {at: block for at, block in below.items() if start <= at < start + level.period}
                if parts:
                    blocks[start] = roll_up(level, finer, start, parts)
        return blocks


def _wanted(measures: Mapping[str, Measure], asked: PastQuery[Any]) -> frozenset[str]:
    """Names or keys; without any, every measure of which there is one only."""
    for name in asked.metrics:
        if plain(name) not in measures:
            raise Invalid.field("metrics", f"there is no {plain(name)!r}; there are {', '.join(measures)}")
    return frozenset(asked.metrics) or frozenset(name for name, measure in measures.items() if not measure.each)


class _Cut(NamedTuple):
    """What of the blocks is shown."""

    level: Level
    first: int
    last: int
    ratio: int
    blocks: Mapping[int, Block]


def _shown(key: str, unit: Unit, measure: Measure, cut: _Cut) -> PastSeries:
    level = cut.level
    begin = level.block_of(cut.first)
    end = level.block_of(cut.last - 1) + level.period
    part = slice((cut.first - begin) // level.step, (cut.last - begin) // level.step)
    parts: tuple[list[int], ...] = tuple(each[part] for each in joined(key, level, begin, end, cut.blocks))
    if cut.ratio > 1:
        parts = merged(parts, cut.ratio, unit)
    sampled = level is FINE and cut.ratio == 1
    return PastSeries(
        key=key,
        measure=measure.name,
        title=measure.title,
        unit=measure.unit,
        mean=_figures(parts[1], unit),
        least=() if sampled else _figures(parts[0], unit),
        greatest=() if sampled else _figures(parts[2], unit),
    )


def _figures(codes: list[int], unit: Unit) -> tuple[float | None, ...]:
    decode = decoder(unit)
    if MISSING not in codes:
        return tuple(decode(codes))
    known = iter(decode([code for code in codes if code != MISSING]))
    return tuple(None if code == MISSING else next(known) for code in codes)
