"""Roll-up: a block of a coarser level from the blocks of the finer one that its period holds. Pure."""

from collections.abc import Callable, Mapping

from monitor.core.history.codec import Block, Series
from monitor.core.history.levels import Level
from monitor.core.history.scale import MISSING, decoder, encoder
from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS, Unit, plain

_BEYOND_MINUTES = 3
"""Number of the first level at which what is only fine is left out."""


def roll_up(level: Level, finer: Level, start: int, blocks: Mapping[int, Block]) -> Block:
    """`blocks` by their beginnings; one that is missing is a gap. The means are those of the finer points there are."""
    keys = units(blocks)
    if level.number >= _BEYOND_MINUTES:
        keys = {key: unit for key, unit in keys.items() if not is_fine(key)}
    ratio = level.step // finer.step
    columns: dict[str, Series] = {}
    for key, unit in keys.items():
        columns[key] = Series(key, unit, merged(joined(key, finer, start, start + level.period, blocks), ratio, unit))
    return Block(level.points, columns)


def units(blocks: Mapping[int, Block]) -> dict[str, str]:
    """Of all columns they have, by key."""
    return {key: series.unit for block in blocks.values() for key, series in block.columns.items()}


def is_fine(key: str) -> bool:
    """Whether a column ends with the one-minute level."""
    name = plain(key)
    measure = OF_SERVERS.get(name) or OF_CONTAINERS.get(name)
    return measure is not None and measure.fine


def joined(
    key: str, finer: Level, start: int, end: int, blocks: Mapping[int, Block]
) -> tuple[list[int], list[int], list[int]]:
    """One column over all the blocks: least, mean, greatest; of the finest level they are one list."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for begin in range(start, end, finer.period):
        block = blocks.get(begin)
        series = block.columns.get(key) if block else None
        parts = series.parts if series else ([MISSING] * finer.points,)
        low, mean, high = parts if len(parts) == 3 else (parts[0],) * 3
        found[0].extend(low)
        found[1].extend(mean)
        found[2].extend(high)
    return found


def merged(parts: tuple[list[int], ...], ratio: int, unit: str) -> tuple[list[int], list[int], list[int]]:
    """Each `ratio` points as one. Means are taken of the figures, as codes of some units do not grow evenly."""
    low, mean, high = parts if len(parts) == 3 else (parts[0],) * 3
    whole = MISSING not in mean
    middle = _mean_of(unit)
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for at in range(0, len(mean), ratio):
        several, lows = mean[at : at + ratio], low[at : at + ratio]
        if not whole and (missing := several.count(MISSING)):
            if missing == len(several):
                for part in found:
                    part.append(MISSING)
                continue
            several = [value for value in several if value != MISSING]
            lows = [value for value in lows if value != MISSING]
        found[0].append(min(lows))
        found[1].append(middle(several))
        found[2].append(max(high[at : at + ratio]))
    return found


def _mean_of(unit: str) -> Callable[[list[int]], int]:
    if unit != Unit.RATE:
        return lambda codes: (2 * sum(codes) + len(codes)) // (2 * len(codes))
    encode, decode = encoder(Unit.RATE), decoder(Unit.RATE)

    def middle(codes: list[int]) -> int:
        first = codes[0]
        if codes.count(first) == len(codes):
            return first
        return encode(sum(decode(codes)) / len(codes))

    return middle
