"""Sources: values that are not on the command line itself, but in a file, on standard input or typed unseen."""

import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from monitor.kernel.errors import Invalid


class Sources:
    """Where values of one command come from; standard input serves one of them."""

    def __init__(self) -> None:
        self._read = False

    def secret(self, given: str) -> str:
        """`@FILE` or `-` read, without the last line end; other text is the secret itself, `@@x` stands for `@x`."""
        whole = self.text(given)
        return whole.removesuffix("\n").removesuffix("\r") if given == "-" or given[:1] == "@" != given[1:2] else whole

    def text(self, given: str) -> str:
        """The same with every line end, as a file is meant to be."""
        if given.startswith("@@") or (given[:1] != "@" and given != "-"):
            return given.removeprefix("@") if given.startswith("@@") else given
        data = self.standard_input() if given == "-" else _read(given[1:])
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise Invalid(f"{given.removeprefix('@')} holds no text: it is not UTF-8") from None

    def document(self, path: str) -> dict[str, Any]:
        """A TOML or JSON file (`-`: standard input, either) as one object."""
        data = self.standard_input() if path == "-" else _read(path)
        as_json = path.endswith(".json") or (path == "-" and data.lstrip()[:1] == b"{")
        try:
            found: Any = msgspec.json.decode(data) if as_json else tomllib.loads(data.decode())
        except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise Invalid.field("--file", f"{path} is no valid {'JSON' if as_json else 'TOML'}: {wrong}") from None
        if not isinstance(found, dict):
            raise Invalid.field("--file", f"{path} holds no object")
        return found  # pyright: ignore[reportUnknownVariableType] - a document

    def standard_input(self) -> bytes:
        """All of it, once."""
        if self._read:
            raise Invalid("standard input was asked for twice; give one of the two as @FILE")
        self._read = True
        return sys.stdin.buffer.read()


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Yes or no, at a terminal."""
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _read(path: str) -> bytes:
    try:
        return Path(path).expanduser().read_bytes()
    except OSError as broken:
        raise Invalid(f"{path} cannot be read: {broken.strerror or broken}") from None
