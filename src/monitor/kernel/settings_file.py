"""The settings file as it is written for people: every setting, what it means, and its default commented out."""

import os
import textwrap
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from monitor.kernel.errors import Conflict, Unavailable
from monitor.kernel.settings import Loaded, at
from monitor.kernel.settings_flags import about, settings_in


def settings_text(title: str, loaded: Loaded[Any]) -> str:
    """The whole file; settings that have another source than their default stand in force."""
    lines = [f"# {line}" for line in textwrap.wrap(title, 110)]
    lines += ["# A line that begins with `#` shows the default; take the `#` away to change it.", ""]
    settings: Struct = loaded.value
    hints, table = settings_in(type(settings)), ""
    sources = {shown.name: shown.source for shown in loaded.show()}
    for name, hint in hints.items():
        above, _, key = name.rpartition(".")
        if above != table:
            table = above
            lines += [f"[{table}]", ""]
        lines += [f"# {line}" for line in textwrap.wrap(about(hint), 110)]
        mark = "#" if sources[name] == "default" else ""
        lines += [f"{mark}{key} = {_toml(at(loaded.value, name))}", ""]
    return "\n".join(lines)


def write_settings(path: Path, text: str, *, force: bool) -> None:
    """Write it, readable by its owner only; Conflict when there is a file already and `force` was not said."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, flags, 0o600), "w") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
    except FileExistsError:
        raise Conflict(f"{path} exists; it was left as it is", hint="say --force to replace it") from None
    except OSError as failure:
        raise Unavailable(f"{path} cannot be written: {failure.strerror}") from None


def _toml(value: object) -> str:
    """A value as TOML; JSON's strings, numbers, booleans and lists are TOML's too, save for DEL."""
    if isinstance(value, Path):
        value = str(value)
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
