"""TerminalLimits: how long a terminal may be open, and how many."""

from collections.abc import Callable, Iterable

from monitor.core.caller import Caller
from monitor.core.settings import CoreSettings
from monitor.kernel.activity import Activity
from monitor.kernel.errors import Conflict
from monitor.kernel.permission import HostPower
from monitor.kernel.terminals import TerminalTerms


class TerminalLimits:
    """By the settings; what is open is told by `open_ones`, every time anew."""

    def __init__(self, settings: CoreSettings, open_ones: Callable[[], Iterable[Activity]]) -> None:
        self._settings = settings
        self._open_ones = open_ones

    def terms(self, caller: Caller, server: str, powers: tuple[HostPower, ...], *, but: str) -> TerminalTerms:
        """Those of one more; Conflict where there are enough. `but` is its own activity, if there is one already."""
        others = [each for each in self._open_ones() if each.id != but]
        own = sum(1 for each in others if each.who.id == caller.user)
        if own >= self._settings.terminals_per_user:
            raise Conflict(
                f"you have {own} terminals open, as many as one user may have",
                hint="end one: monitor activity ls --state running shows them",
            )
        here = sum(1 for each in others if each.server == server)
        if here >= self._settings.terminals_per_server:
            raise Conflict(f"{here} terminals are open on this server, as many as there may be")
        return TerminalTerms(idle=self._settings.terminal_idle, total=self._settings.terminal_total, powers=powers)
