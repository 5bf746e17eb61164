"""Amounts: numbers as people read them, on screens, in messages and on the command line alike. Pure."""

_BYTES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")


def percent_in_words(value: float) -> str:
    """`93%`; below ten with one decimal."""
    return f"{value:.1f}%" if 0.04 < value < 9.95 else f"{value:.0f}%"


def bytes_in_words(value: float) -> str:
    """`1.24 GiB`, `512 B`, `4 GiB`: three digits, none behind the point of a whole number."""
    power = 0
    while abs(value) >= 999.5 and power < len(_BYTES) - 1:
        value, power = value / 1024, power + 1
    return f"{value:.0f} B" if power == 0 else f"{digits(value)} {_BYTES[power]}"


def times_in_words(count: int) -> str:
    """`once`, `3 times`."""
    return "once" if count == 1 else f"{count} times"


def digits(value: float) -> str:
    """Three of them, none behind the point of a whole number: `1.24`, `12.4`, `124`, `2`."""
    return f"{value:.0f}" if value == round(value) else f"{value:.{_places(value)}f}"


def _places(value: float) -> int:
    return 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.995 else 2
