"""Following one activity: its record and its output, read side by side on one connection until both have ended."""

from collections.abc import Iterator

from monitor.client.live import Conversation, Subscription
from monitor.features.activity.spec import FollowOutput, OutputLine, WatchActivity
from monitor.kernel.activity import Activity

Event = OutputLine | Activity


class Following(Conversation):
    """The two topics of an activity as one conversation; `activity` is the newest record seen."""

    def __init__(self, id: str, *, output: bool = True, after: int = 0) -> None:
        self.activity: Activity | None = None
        self._id = id
        self._output = Subscription(FollowOutput(target=id, after=after), OutputLine) if output else None
        record = Subscription(WatchActivity(target=id), Activity)
        super().__init__(record, *([self._output] if self._output else []))

    @property
    def done(self) -> bool:
        """Whether the activity has ended and all of its output was read."""
        ended = self.activity is not None and self.activity.state.ended
        return ended and (self._output is None or self._output.ended)

    def events(self, message: str | bytes) -> Iterator[Event]:
        """What one message brings: pieces of output, and the record each time it changes."""
        for item in self.receive(message):
            if isinstance(item.data, Activity) and item.data.id == self._id:
                self.activity = item.data
                yield item.data
            elif isinstance(item.data, OutputLine):
                yield item.data

    def read(self, message: str | bytes) -> None:
        """Take a message in where only the record matters."""
        for _ in self.events(message):
            pass

    def ended(self) -> Activity:
        """The record, once `done`."""
        if self.activity is None:
            raise RuntimeError("asked before the activity ended")
        return self.activity


def id_of(activity: Activity | str) -> str:
    """The id of an activity, given as itself or by its id."""
    return activity if isinstance(activity, str) else activity.id
