"""Short secrets: those that stand in ordinary words by chance. Pure."""

from typing import Any

from monitor.kernel.fields import replace_marked

SAFE = 6
"""Characters; a shorter text is part of many words."""


def short_secrets(config: Any) -> tuple[str, ...]:
    """A note for each that is given so short. It is blacked out all the same: letting it through would be worse."""
    found: list[str] = []

    def note(mark: Any, value: Any, path: str) -> Any:
        if isinstance(value, str) and 0 < len(value.strip()) < SAFE:
            found.append(
                f"{path}: so short a secret is blacked out inside other words too: output is hard to read, and "
                f"what is left of a word can tell it; take one of at least {SAFE} characters"
            )
        return value

    replace_marked(config, "secret", note, "config")
    return tuple(found)
