"""Tags: what an image is called beside its version, from templates such as `{branch}-{short_commit}`. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import structs

from monitor.abilities.build.calls import BuildImage

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# github.com/distribution/reference: 128 characters at most, the first no mark.
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_STRANGE = re.compile(r"[^A-Za-z0-9_.-]+")
_SHORT = 10
_SAMPLES = {
    "version": "1.2.3",
    "major": "1",
    "minor": "2",
    "patch": "3",
    "commit": "0123456789abcdef0123456789abcdef01234567",
    "short_commit": "0123456789",
    "branch": "main",
    "date": "2026-01-31",
    "time": "20260131-235959",
}
NAMES = tuple(_SAMPLES)
"""All placeholders there are."""


def wrong_with(template: str, branch: str = "") -> str:
    """Why it makes no tag, from this branch; empty when it does."""
    unknown = [name for name in placeholders(template) if name not in _SAMPLES]
    if unknown:
        there = ", ".join(f"{{{name}}}" for name in NAMES)
        return f"{{{unknown[0]}}} stands for nothing; there are {there}"
    made = fill(template, {**_SAMPLES, **({"branch": _clean(branch)} if branch else {})})
    if _TAG.fullmatch(made) is None:
        return f"it makes {made[:200]!r}, which is no tag: letters, digits, and _ . - after the first, 128 at most"
    return ""


def placeholders(template: str) -> tuple[str, ...]:
    """Names between braces, in order."""
    return tuple(_PLACEHOLDER.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """With what is known of it; the rest is left for who knows it."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def of_version(version: str, branch: str, at: datetime) -> dict[str, str]:
    """What is known before anything is fetched."""
    major, minor, patch = version.split(".")
    at = at.astimezone(UTC)
    numbers = {"version": version, "major": major, "minor": minor, "patch": patch}
    times = {"date": f"{at:%Y-%m-%d}", "time": f"{at:%Y%m%d-%H%M%S}"}
    return {**numbers, **times, **({"branch": _clean(branch)} if branch else {})}


def of_commit(commit: str) -> dict[str, str]:
    """What is known once the source is there."""
    return {"commit": commit, "short_commit": commit[:_SHORT]} if commit else {}


def named(job: BuildImage, commit: str) -> BuildImage:
    """The job with all its tags filled in."""
    values = of_commit(commit)

    def filled(templates: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fill(template, values) for template in templates))

    push = tuple(structs.replace(one, tags=filled(one.tags), own=filled(one.own)) for one in job.push)
    return structs.replace(job, tags=filled(job.tags), push=push)


def is_tag(text: str) -> bool:
    """Whether a registry would take it."""
    return _TAG.fullmatch(text) is not None


def _clean(text: str) -> str:
    """`feature/x` → `feature-x`."""
    return _STRANGE.sub("-", text).lstrip("-.")
