"""The first screen: how much script the browser must have before it can show anything, and the most it may be."""

import gzip
import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from parts import web
from parts.say import GiveUp, end, say

MOST = 400_000
"""Bytes, gzipped as core sends them."""


def main() -> None:
    """Say the figure; exit 1 when it is over the bound, or cannot be told."""
    try:
        sizes = first_scripts(web.BUILT)
    except GiveUp as problem:
        end(problem)
    total = sum(sizes.values())
    for name, size in sorted(sizes.items(), key=lambda each: -each[1]):
        say(f"{size / 1000:8.1f} KB  {name}")
    say(f"{total / 1000:8.1f} KB  in all, of at most {MOST / 1000:.0f}")
    sys.exit(total > MOST)


def first_scripts(built: Path) -> dict[str, int]:
    """Gzipped size of each script index.html loads at once: those it names, and what they import without waiting."""
    try:
        page = (built / "index.html").read_text()
        chunks: dict[str, Any] = json.loads((built / ".vite/manifest.json").read_text())
    except (FileNotFoundError, ValueError) as problem:
        raise GiveUp(f"{built} has no whole build: {problem}; run script/web build") from None
    by_file = {chunk["file"]: chunk for chunk in chunks.values()}
    open, found = _Scripts.of(page), dict[str, int]()
    if not open:
        raise GiveUp(f"{built}/index.html loads no script")
    while open:
        name = open.pop()
        if name not in found:
            found[name] = len(gzip.compress((built / name).read_bytes(), mtime=0))
            open += [chunks[key]["file"] for key in by_file.get(name, {}).get("imports", [])]
    return found


class _Scripts(HTMLParser):
    """The scripts a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, page: str) -> list[str]:
        """Their paths below the site."""
        parser = cls()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = given.get("src") if tag == "script" else given.get("href") if tag == "link" else None
        if named and (tag == "script" or given.get("rel") == "modulepreload"):
            self.found.append(named.lstrip("/"))


if __name__ == "__main__":
    main()
