"""Figure: one measured value, what it was compared with, and the bound it is meant to keep."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """`value` in `unit` against `bound`; `beside` holds what belongs next to it."""

    name: str
    value: float
    unit: str
    bound: str
    kept: bool
    beside: str = ""

    def row(self) -> str:
        """A Markdown table row."""
        mark = "kept" if self.kept else "**missed**"
        return f"| {self.name} | {_shown(self.value)} {self.unit} | {self.bound} | {mark} | {self.beside} |"


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which that share lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(percent / 100 * len(ordered)) - 1))]


def spread(values: Sequence[float]) -> str:
    """min–median–max in milliseconds."""
    return f"{min(values) * 1000:.0f} – {median(values) * 1000:.0f} – {max(values) * 1000:.0f} ms"


def rss(pid: int) -> float:
    """A process's resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no memory of process {pid}")


def _shown(value: float) -> str:
    """Three digits, without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
