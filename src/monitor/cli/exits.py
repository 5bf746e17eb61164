"""What the command's exit code says; the one place that decides it."""

from enum import IntEnum

from monitor.kernel.activity import State
from monitor.kernel.errors import Forbidden, Invalid, MonitorError, NotFound, NotSignedIn, PolicyRefused, Unavailable


class Exit(IntEnum):
    """How a command ended, for scripts."""

    DONE = 0
    """It was done; an action that was waited for succeeded."""
    FAILED = 1
    """It could not be done: the action failed, the thing is taken or busy, the host refused."""
    USAGE = 2
    """The command line or a value in it is wrong; nothing was done."""
    REFUSED = 3
    """Not signed in, not allowed, or no such thing."""
    UNREACHABLE = 4
    """Core, or the host it asked, does not answer."""
    ENDED = 5
    """The action was cancelled or interrupted."""
    DETACHED = 130
    """Ctrl-C: the command ended, what it followed goes on."""


def of_error(error: MonitorError) -> Exit:
    """The code of an expected failure."""
    if isinstance(error, Invalid):
        return Exit.USAGE
    if isinstance(error, NotSignedIn | Forbidden | NotFound | PolicyRefused):
        return Exit.REFUSED
    if isinstance(error, Unavailable):
        return Exit.UNREACHABLE
    return Exit.FAILED


def of_state(state: State) -> Exit:
    """The code of an ended activity."""
    if state is State.SUCCEEDED:
        return Exit.DONE
    return Exit.FAILED if state is State.FAILED else Exit.ENDED
