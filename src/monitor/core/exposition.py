"""Exposition: figures as Prometheus reads them, in its own text format or as OpenMetrics. Pure."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
PLAIN = "text/plain; version=0.0.4; charset=utf-8"
LONGEST = 200
"""Characters of a label's value: hosts choose some of them."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


class Family(Struct, frozen=True):
    """One metric, whatever its labels; a counter's name ends in `_total`."""

    name: str
    help: str

    @property
    def counts(self) -> bool:
        """Whether it only grows."""
        return self.name.endswith("_total")


class Page:
    """Collects lines by family: those of one family stand together, as the formats want."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._lines: dict[Family, list[str]] = {family: [] for family in families}

    def put(self, family: Family, labels: str, value: float) -> None:
        """`labels` as `labelled` made them."""
        self._lines[family].append(f"{family.name}{{{labels}}} {number(value)}\n")

    def text(self, own: str, *, open_metrics: bool) -> str:
        """All of it after what is `own`, which ends in `# EOF` if this is to."""
        parts = [own.removesuffix("# EOF\n")]
        for family, lines in self._lines.items():
            if lines:
                kind = "counter" if family.counts else "gauge"
                name = family.name.removesuffix("_total") if open_metrics else family.name
                parts.append(f"# HELP {name} {family.help}\n# TYPE {name} {kind}\n")
                parts += lines
        return "".join([*parts, "# EOF\n" if open_metrics else ""])


def labelled(labels: Mapping[str, str]) -> str:
    """`server="web-1",container="app"`; those without a value are left out."""
    return ",".join(f'{name}="{value[:LONGEST].translate(_ESCAPES)}"' for name, value in labels.items() if value)


def number(value: float) -> str:
    """Whole numbers whole, others to six digits."""
    return str(int(value)) if value == int(value) else f"{value:.6g}"


def wants_open_metrics(accept: str) -> bool:
    """Whether a scraper asks for it."""
    return "application/openmetrics-text" in accept
