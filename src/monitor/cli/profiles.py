"""Profiles: the cores somebody is signed in to, in one file only he can read."""

import os
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from monitor.kernel.errors import Invalid, NotSignedIn


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How to reach one core and in whose name."""

    url: str
    key: str = ""
    key_id: str = ""
    user: str = ""
    ca: str = ""
    """File of a private authority that signed core's certificate."""


class Book(Struct, frozen=True, kw_only=True):
    """The whole file."""

    default: str = ""
    profile: dict[str, Profile] = {}


def place() -> Path:
    """Where the file is: `$XDG_CONFIG_HOME/monitor/profiles.toml`, `~/.config` without that variable."""
    above = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(above).expanduser() / "monitor" / "profiles.toml"


def load() -> Book:
    """The file, empty when there is none; Invalid when it cannot be read."""
    path = place()
    try:
        return msgspec.convert(tomllib.loads(path.read_text()), Book)
    except FileNotFoundError:
        return Book()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as broken:
        raise Invalid(f"the profiles in {path} cannot be read: {broken}") from None


def save(book: Book) -> None:
    """Replace the file in one step; nobody else can read it at any moment."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_toml(book))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def chosen(name: str | None = None, url: str | None = None) -> Profile:
    """The core to talk to: `--url` or MONITOR_URL with MONITOR_KEY, else the profile named, else the default one."""
    url = url or (None if name else os.environ.get("MONITOR_URL"))
    if url:
        return Profile(url=url, key=os.environ.get("MONITOR_KEY", ""), ca=os.environ.get("MONITOR_CA", ""))
    book = load()
    wanted = name or os.environ.get("MONITOR_PROFILE") or book.default
    if not wanted:
        raise NotSignedIn("no core is known here", hint="sign in first: monitor login URL")
    if wanted not in book.profile:
        known = ", ".join(sorted(book.profile)) or "none"
        raise NotSignedIn(f"there is no profile {wanted!r}; known: {known}", hint="sign in first: monitor login URL")
    return book.profile[wanted]


def _toml(book: Book) -> str:
    lines = ["# Written by `monitor login`. The keys in it are passwords.", f"default = {_text(book.default)}"]
    for name, profile in sorted(book.profile.items()):
        lines += ["", f"[profile.{_text(name)}]"]
        lines += [f"{field} = {_text(value)}" for field, value in msgspec.to_builtins(profile).items()]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML basic string (toml.io/en/v1.0.0#string)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
