"""Scale: figures as whole numbers that compress well, and back: how precisely each kind is kept. Pure.

Percents to a tenth, memory to 64 KiB, file systems to 1 MiB, temperatures to half a degree, load to a hundredth, counts
as they are; bytes a second to half a percent of themselves, on a logarithmic scale, since they span nine orders.
"""

from collections.abc import Callable
from math import exp, expm1, log1p

from monitor.kernel.measures import Unit

MISSING = -1
"""In place of a figure that is not known."""
_LARGEST = 2**31 - 1
_PER_E = 100
"""Codes for each factor of e: neighbours differ by 1 %, so the error is at most half of that."""
_LOWEST_CELSIUS = 300


def _rate(figure: float) -> int:
    return round(log1p(figure) * _PER_E)


def _rate_back(codes: list[int]) -> list[float]:
    return [_RATES[code] for code in codes]


_RATES = [float(f"{expm1(code / _PER_E):.3g}") for code in range(int(log1p(exp(43)) * _PER_E) + 2)]


def _linear(step: float) -> tuple[Callable[[float], int], Callable[[list[int]], list[float]]]:
    per = 1 / step

    def back(codes: list[int]) -> list[float]:
        if step >= 1:
            whole = int(step)
            return [float(code * whole) for code in codes]
        # Divided, not multiplied: 0.1 has no exact form, and 3 × 0.1 is not 0.3.
        return [code / per for code in codes]

    return lambda figure: int(figure * per + 0.5), back


_SCALES: dict[Unit, tuple[Callable[[float], int], Callable[[list[int]], list[float]]]] = {
    Unit.PERCENT: _linear(0.1),
    Unit.BYTES: _linear(65_536),
    Unit.SPACE: _linear(1_048_576),
    Unit.RATE: (_rate, _rate_back),
    Unit.LOAD: _linear(0.01),
    Unit.COUNT: _linear(1),
    Unit.CELSIUS: (
        lambda figure: max(round(figure * 2) + _LOWEST_CELSIUS, 0),
        lambda codes: [(code - _LOWEST_CELSIUS) / 2 for code in codes],
    ),
}


def encoder(unit: Unit) -> Callable[[float], int]:
    """Figure → code, 0 to 2³¹ − 1; of figures of one unit, the larger one never has the smaller code."""
    code = _SCALES[unit][0]
    most = len(_RATES) - 1 if unit is Unit.RATE else _LARGEST
    return lambda figure: min(code(figure), most)


def decoder(unit: Unit) -> Callable[[list[int]], list[float]]:
    """Codes → figures; none of the codes may be MISSING."""
    return _SCALES[unit][1]
