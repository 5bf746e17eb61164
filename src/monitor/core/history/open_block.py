"""OpenBlock: the samples of one entity in one period of the finest level, while more of them may come."""

from array import array
from collections.abc import Callable, Iterable, Mapping

from monitor.core.history.codec import Block, Series
from monitor.core.history.levels import FINE
from monitor.core.history.scale import MISSING, encoder
from monitor.kernel.measures import Measure, plain

_MOST_COLUMNS = 2000
_LONGEST_KEY = 300
"""A hostile host may make up names; a host with more than these is left with the first."""


class Layout:
    """Which columns a row has, in which order; shared by all entities of which that is true."""

    def __init__(self, measures: Mapping[str, Measure], keys: tuple[str, ...] = ()) -> None:
        self.keys = keys
        self._measures = measures
        self.index = {key: at for at, key in enumerate(keys)}
        self.units = tuple(measures[plain(key)].unit for key in keys)
        self.encoders: tuple[Callable[[float], int], ...] = tuple(map(encoder, self.units))
        self._wider: dict[str, Layout] = {}

    def with_key(self, key: str) -> "Layout":
        """The same and one more column; the same itself where that cannot be."""
        if len(self.keys) >= _MOST_COLUMNS or len(key) > _LONGEST_KEY or plain(key) not in self._measures:
            return self
        wider = self._wider.get(key)
        if wider is None:
            wider = Layout(self._measures, (*self.keys, key))
            # Only what containers share is worth remembering; of servers each has its own.
            if ":" not in key:
                self._wider[key] = wider
        return wider

    def with_keys(self, keys: Iterable[str]) -> "Layout":
        """With all of them, as far as that can be."""
        layout = self
        for key in keys:
            if key not in layout.index:
                layout = layout.with_key(key)
        return layout


class OpenBlock:
    """Rows in the order they came; of two for one point the later one counts."""

    def __init__(self, start: int, layout: Layout) -> None:
        self.start = start
        self.stored = False
        """Whether what the store has of this block is in here."""
        self.dirty = False
        self._layout = layout
        self._points = array("H")
        self._codes = array("i")

    def put(self, point: int, figures: Mapping[str, float]) -> None:
        """Take the figures of one point, in place of any it has."""
        layout = self._layout.with_keys(figures)
        if layout is not self._layout:
            self._lay_out(layout)
        if len(self._points) >= 2 * FINE.points:
            self._compact()
        row = [MISSING] * len(layout.keys)
        index, encoders = layout.index, layout.encoders
        for key, figure in figures.items():
            at = index.get(key)
            if at is not None:
                row[at] = encoders[at](figure)
        self._points.append(point)
        self._codes.extend(row)
        self.dirty = True

    def block(self, wanted: frozenset[str] | None = None) -> Block:
        """As columns, all or those `wanted` by key or measure."""
        layout, width = self._layout, len(self._layout.keys)
        at_end = {point: row for row, point in enumerate(self._points)}
        in_order = list(at_end) == list(range(FINE.points))
        columns: dict[str, Series] = {}
        for at, key in enumerate(layout.keys):
            if wanted is not None and key not in wanted and plain(key) not in wanted:
                continue
            column = self._codes[at::width].tolist()
            if not in_order:
                spread = [MISSING] * FINE.points
                for point, row in at_end.items():
                    spread[point] = column[row]
                column = spread
            columns[key] = Series(key, layout.units[at], (column,))
        return Block(FINE.points, columns)

    def take_in(self, older: Block) -> None:
        """Put what the store has in front of what is here, which counts more."""
        layout = self._layout.with_keys(older.columns)
        self._lay_out(layout)
        points, codes = self._points, self._codes
        columns = [older.columns.get(key) for key in layout.keys]
        parts = [series.parts[0] if series else None for series in columns]
        self._points, self._codes = array("H"), array("i")
        for point in range(older.points):
            row = [part[point] if part else MISSING for part in parts]
            if any(code != MISSING for code in row):
                self._points.append(point)
                self._codes.extend(row)
        self._points.extend(points)
        self._codes.extend(codes)

    def _compact(self) -> None:
        """Drop rows that count no more: a host may send the same points for ever."""
        points, codes, width = self._points, self._codes, len(self._layout.keys)
        self._points, self._codes = array("H"), array("i")
        for point, number in {point: number for number, point in enumerate(points)}.items():
            self._points.append(point)
            self._codes.extend(codes[number * width : (number + 1) * width])

    def _lay_out(self, layout: Layout) -> None:
        width, added = len(self._layout.keys), [MISSING] * (len(layout.keys) - len(self._layout.keys))
        codes = array("i")
        for number in range(len(self._points)):
            codes.extend(self._codes[number * width : (number + 1) * width])
            codes.extend(added)
        self._codes, self._layout = codes, layout


def overlaid(older: Block, newer: Block) -> Block:
    """Both as one; where both know a figure, the newer one's."""
    columns = dict(older.columns)
    for key, series in newer.columns.items():
        below = columns.get(key)
        pairs = zip(series.parts[0], below.parts[0] if below else series.parts[0], strict=True)
        columns[key] = Series(key, series.unit, ([new if new != MISSING else old for new, old in pairs],))
    return Block(newer.points, columns)
