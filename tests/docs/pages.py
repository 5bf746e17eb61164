"""The pages people read, as the tests see them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")],
)
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^( {4}.*|```[\s\S]*?^```)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def name(page: Path) -> str:
    """For test ids."""
    return str(page.relative_to(ROOT))


def codes(page: Path) -> list[str]:
    """Everything between single backticks."""
    return _CODE.findall(re.sub(r"```[\s\S]*?```", "", page.read_text()))


def commands(page: Path) -> list[str]:
    """Lines of indented or fenced blocks, and inline code."""
    lines = [line.strip(" `") for block in _BLOCK.findall(page.read_text()) for line in block.splitlines()]
    return [*lines, *codes(page)]


def links(page: Path) -> list[str]:
    """Targets of links that stay in the repository, without the part after `#`."""
    found = [target.partition("#")[0] for target in _LINK.findall(page.read_text())]
    return [target for target in found if target and "://" not in target and not target.startswith("mailto:")]
