"""Parts of Monitor's own scripts: what this machine has, lacks and runs (standard library only)."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older python3 starts the scripts too, and is told so here
    found = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(f"error: Monitor needs Python 3.11 or newer, and python3 is {found}; Debian 12 and Ubuntu 24.04 have it")
