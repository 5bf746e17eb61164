"""How join tokens are made, and what hosts ask while they join."""

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from monitor.kernel.operation import Handler
from monitor.resources.server.spec import IssueJoinToken

if TYPE_CHECKING:
    from monitor.core.app import Core


class Joining:
    """Stub until the desk is there."""

    def __init__(self, core: "Core") -> None:
        self._core = core

    def handlers(self) -> tuple[Handler, ...]:
        """One."""
        from monitor.kernel.operation import AnswerHandler

        return (AnswerHandler(IssueJoinToken, self.issue),)

    async def issue(self, ctx: Any, op: IssueJoinToken) -> Any:
        """Not yet."""
        raise NotImplementedError

    def routes(self, core: "Core") -> list[Route]:
        """None yet."""
        return []
