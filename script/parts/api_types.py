"""The app's TypeScript types of the API, generated from core's own OpenAPI document: checked, or with --write renewed.

Runs in the Python environment (`python -m parts.api_types`), for the document comes from the declarations.
"""

import difflib
import json
import sys
from pathlib import Path

from parts import web
from parts.environment import ROOT
from parts.say import GiveUp, end, say

COMMITTED = web.FOLDER / "src/api/schema.d.ts"
CACHE = ROOT / ".cache/api"
SHOWN = 40


def main() -> None:
    """Exit 1 when the committed types are not those of today's API."""
    try:
        generate(COMMITTED if "--write" in sys.argv[1:] else CACHE / COMMITTED.name)
    except GiveUp as problem:
        end(problem)
    if "--write" in sys.argv[1:]:
        say(f"renewed {COMMITTED.relative_to(ROOT)}")
        return
    changed = difference(COMMITTED, CACHE / COMMITTED.name)
    if changed:
        say("\n".join(changed[:SHOWN]))
        end(GiveUp(f"{COMMITTED.relative_to(ROOT)} is not what the API says: run script/web types, and commit it"))


def generate(to: Path) -> None:
    """Write the types of the API as it is now."""
    from monitor.core.openapi import document  # noqa: PLC0415 - needs the environment
    from monitor.everything import everything  # noqa: PLC0415 - the same

    CACHE.mkdir(parents=True, exist_ok=True)
    described = CACHE / "openapi.json"
    described.write_text(json.dumps(document(everything()), indent=1))
    web.npm("run", "types", more={"MONITOR_OPENAPI": str(described), "MONITOR_SCHEMA": str(to)})


def difference(committed: Path, current: Path) -> list[str]:
    """Lines of a diff; none when they are the same."""
    texts = [path.read_text().splitlines() if path.is_file() else [] for path in (committed, current)]
    return list(difflib.unified_diff(*texts, "committed", "current", lineterm="", n=1))


if __name__ == "__main__":
    main()
