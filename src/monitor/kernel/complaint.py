"""Complaint: what msgspec finds wrong with a value, in words that say how to put it right. Pure."""

import ast
import re
from enum import Enum
from typing import Annotated, Any, get_args, get_origin

from msgspec import Meta

from monitor.kernel.declared import arms_of, structs_of

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "datetime": "a time",
    "bytes": "base64",
}
_EXPECTED = re.compile(r"Expected `([a-z |]+)`(?:, got `(\w+)`|( of length)? ([<>]=?) ([\d.]+)| matching regex (.+))$")
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_LONGEST = 2000
"""Characters of a text that is tried: somebody else wrote it."""


def complaint(said: str, hint: Any, value: Any, help: str = "") -> str:
    """`said` is msgspec's sentence, `hint` the annotation of what it is about, `value` what was sent there.

    `help` is the sentence its form shows beside the field.
    """
    if choices := _choices(hint):
        return f"must be one of {', '.join(choices)}"
    if said.startswith("Invalid RFC3339"):
        return "must be a time with its zone: 2026-11-27T10:00:00Z"
    if not (found := _EXPECTED.match(said)):
        return said
    kinds, got, length, comparison, bound, pattern = found.groups()
    if pattern:
        return unfit(ast.literal_eval(pattern), value if isinstance(value, str) else "", help)
    kind = " or ".join(_KINDS.get(one, one) for one in kinds.split(" | "))
    if got:
        return f"must be {kind}, not {_KINDS.get(got, got)}"
    limit = f"{_BOUNDS[comparison]} {bound.removesuffix('.0')}"
    return f"must have {limit} {_counted(kinds, bound)}" if length else f"must be {kind}, {limit}"


def unfit(pattern: str, value: str, help: str = "") -> str:
    """How to make a text fit, found by trying: what it must begin with, what must go; else what the field says."""
    if not value:
        return "cannot be empty"
    if len(value) <= _LONGEST:
        if value != value.strip() and re.search(pattern, value.strip()):
            return "has space around it: remove that"
        if (start := _beginning(pattern)) and not value.startswith(start):
            return f"must begin with {start}"
        if wrong := _offending(pattern, value):
            return f"would fit without {' and '.join(map(_named, wrong))}"
    return f"is not written as it must be: {help}" if help else f"must fit the pattern {pattern}"


def help_of(hint: Any) -> str:
    """The sentence a field says of itself."""
    if get_origin(hint) is not Annotated:
        return ""
    inner, *marks = get_args(hint)
    said = next((mark.description for mark in marks if isinstance(mark, Meta) and mark.description), "")
    return said or help_of(inner)


def _choices(hint: Any) -> list[str]:
    """The words of an enumeration, or the tags of a union; none where it is neither."""
    arms = [arm for arm in arms_of(hint) if arm is not type(None)]
    enums = [arm for arm in arms if isinstance(arm, type) and issubclass(arm, Enum)]
    if len(enums) == 1:
        return [str(member.value) for member in enums[0]]
    return [str(struct.__struct_config__.tag) for struct in structs_of(hint)] if len(structs_of(hint)) > 1 else []


def _beginning(pattern: str) -> str:
    """The text every fitting value begins with, but the empty one."""
    found = re.match(r"\^\(?([/@:]+)", pattern)
    return found[1] if found else ""


def _offending(pattern: str, value: str) -> list[str]:
    """The characters without which the rest would fit."""
    odd = [c for c in dict.fromkeys(value) if not (c.isascii() and (c.isalnum() or c in "._-/"))]
    for gone in [*([c] for c in dict.fromkeys(value) if not c.isalnum()), *([odd] if 1 < len(odd) < 6 else [])]:
        rest = "".join(c for c in value if c not in gone)
        if rest and re.search(pattern, rest):
            return gone
    return []


def _named(character: str) -> str:
    names = {" ": "a space", "\t": "a tab", "\n": "a line break"}
    return names.get(character) or (character if character.isprintable() else "a control character")


def _counted(kinds: str, bound: str) -> str:
    """What a length counts: `1 item`, `2 items`, `5 characters`."""
    return ("item" if kinds.startswith("array") else "character") + ("" if bound == "1" else "s")
