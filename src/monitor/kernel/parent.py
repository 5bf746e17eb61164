"""Parent: a process that is nobody's any more does nothing any more."""

import ctypes
import signal

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


def die_with_parent() -> None:
    """Whatever ends the one that began this process ends it too."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
