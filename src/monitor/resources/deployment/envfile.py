"""Envfile: the text of an env file, read as `docker run --env-file` does (github.com/docker/cli, pkg/kvfile). Pure."""

from collections.abc import Iterator

SHORTEST_SECRET = 6
"""A shorter value of a secret file may as well be `1` or `true`: taking it out of logs would take them apart."""


def variables(text: str) -> dict[str, str]:
    """Names and values; a later line wins. ValueError says which line is none.

    Values are taken as they stand, quotes and spaces too. A name alone would take the value from where Docker's client
    runs; there is no such place here, so it is refused.
    """
    found: dict[str, str] = {}
    for number, line in _lines(text):
        name, equals, value = line.partition("=")
        if not name:
            raise ValueError(f"line {number} has no name before its '='")
        if any(letter.isspace() for letter in name):
            raise ValueError(f"line {number}: a name has no white space in it; write NAME=value")
        if not equals:
            raise ValueError(f"line {number} has no '='; write NAME=value")
        found[name] = value
    return found


def secret_values(text: str) -> tuple[str, ...]:
    """What else than the text itself a program may print of it: its values. Of any text; lines that are none do not
    count.
    """
    values = [line.partition("=")[2].strip() for _, line in _lines(text)]
    return tuple(value for value in values if len(value) >= SHORTEST_SECRET)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Those that say something, each with its number; without a byte order mark and the space before."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        said = line.removesuffix("\r").lstrip(" \t")
        if said and not said.startswith("#"):
            yield number, said
