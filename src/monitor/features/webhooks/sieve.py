"""Sieve: which pushes count. Pure."""

from fnmatch import fnmatchcase

from msgspec import Struct

from monitor.features.webhooks.payload import Told
from monitor.features.webhooks.stored import StoredHook

_HEADS, _TAGS = "refs/heads/", "refs/tags/"


class Sifted(Struct, frozen=True):
    """What a push is about: a branch to look at, or why it does not count."""

    branch: str = ""
    """Empty: the one the resource is made from."""
    ignored: str = ""


def sift(hook: StoredHook, follows: str | None, told: Told) -> Sifted:
    """`follows` is the full ref the resource is made from, empty for the default branch, None for none."""
    if ignored := _of_event(told):
        return Sifted(ignored=ignored)
    if follows is None:
        return Sifted(ignored="what it is made from is one commit, or no repository at all: no push changes that")
    if not told.ref or (follows.startswith(_TAGS) and told.ref == follows):
        return Sifted()
    if told.ref.startswith(_TAGS):
        return Sifted(ignored=f"a tag, {_short(told.ref)}: only branches count")
    if not told.ref.startswith(_HEADS):
        return Sifted(ignored=f"{told.ref} is no branch")
    return _of_branch(hook, follows, told)


def _of_event(told: Told) -> str:
    """Why it is no push that could bring something new."""
    if told.event == "ping":
        return "a ping: address and secret are right"
    if told.event != "push":
        return f"an event {told.event!r}: only pushes count"
    return f"{_short(told.ref)} was deleted" if told.deleted else told.trouble


def _of_branch(hook: StoredHook, follows: str, told: Told) -> Sifted:
    name, own = _short(told.ref), _short(follows) or told.default
    is_own = told.ref == follows or (not follows and own in ("", name))
    if not hook.branches:
        return Sifted() if is_own else Sifted(ignored=f"branch {name}: it is made from {own}")
    if not any(fnmatchcase(name, pattern) for pattern in hook.branches):
        return Sifted(ignored=f"branch {name} is none of {', '.join(hook.branches)[:200]}")
    return Sifted() if is_own else Sifted(branch=name)


def _short(ref: str) -> str:
    return ref.removeprefix(_HEADS).removeprefix(_TAGS)
