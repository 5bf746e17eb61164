"""Parent: a process that is nobody's any more does nothing any more."""

import ctypes
import os
import signal

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


def die_with_parent(parent: int) -> None:
    """Whatever ends the one that began this process, of this id, ends it too; SystemExit where it has ended already."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit("whoever began this has ended")
