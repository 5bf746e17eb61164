"""Parent: a process that is nobody's any more does nothing any more."""

import ctypes
import signal

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, see prctl(2)."""


def die_with_parent() -> None:
    """Whatever ends core ends this process too: what was not answered is sent again by the next core."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
