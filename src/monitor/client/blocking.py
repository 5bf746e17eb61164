"""Client: Monitor's API for ordinary, blocking Python."""

import threading
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import httpx2
from msgspec import UNSET, UnsetType

from monitor.client import asks
from monitor.client.answers import error_from
from monitor.client.caller import Caller
from monitor.client.following import Event, Following, id_of
from monitor.client.live import LONGEST_DELAY, Conversation
from monitor.features.sign_in.spec import SignIn
from monitor.features.users.spec import User
from monitor.kernel.activity import Activity
from monitor.kernel.clock import Clock, SystemClock
from monitor.kernel.download import Download
from monitor.kernel.operation import Operation
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Page, Resource, ResourceType
from monitor.kernel.stream import Item, Stream

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type, as in kernel/resource.py
S = TypeVar("S")
R = TypeVar("R")
E = TypeVar("E")


class Client:
    """Monitor's API, blocking. Every method raises the kernel's errors; Unavailable when core does not answer.

    Sign in by an API key, or by `sign_in` with name and password. `ca` is the file of a private authority.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str = "",
        ca: str = "",
        agent: str = "monitor-client",
        registry: Registry | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._caller = Caller(url, key, ca, agent, registry)
        self._http = httpx2.Client(**self._caller.http_settings())
        self._clock = clock or SystemClock()
        self.address = self._caller.address

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def sign_in(self, name: str, password: str) -> User:
        """Start a session; what follows is asked in this user's name."""
        return self.run(SignIn(name=name, password=password))

    def run(self, operation: Operation[R]) -> R:
        """Ask for anything; an action answers once accepted."""
        try:
            response = self._http.request(**self._caller.question(operation))
        except httpx2.RequestError as why:
            raise self._caller.unreachable(why) from why
        answered: R = self._caller.answer(operation, response)
        return answered

    def download(self, operation: Operation[Download]) -> Iterator[bytes]:
        """The pieces of an answer that is a file, as they come; Unavailable where it breaks off."""
        try:
            with self._http.stream(**self._caller.question(operation)) as response:
                if response.status_code >= 300:
                    raise error_from(response.status_code, response.headers, response.read())
                yield from response.iter_raw()
        except httpx2.RequestError as why:
            raise self._caller.broken_off(why) from why

    def wait(self, activity: Activity | str, timeout: float | None = None) -> Activity:
        """The activity once it has ended, whatever its outcome; TimeoutError after `timeout` seconds."""
        following = Following(id_of(activity), output=False)
        for message in self._messages(following, timeout):
            following.read(message)
        return following.ended()

    def follow(self, activity: Activity | str, *, after: int = 0) -> Iterator[Event]:
        """Its output as it comes and its record at each change, until both have ended; survives lost connections."""
        following = Following(id_of(activity), after=after)
        for message in self._messages(following):
            yield from following.events(message)

    def subscribe(self, stream: Stream[E]) -> Iterator[Item[E]]:
        """A topic's events, live. Of a state topic: each thing, then each change; `data` is None for what is gone."""
        return self.subscribe_all(stream)

    def subscribe_all(self, *streams: Stream[Any]) -> Iterator[Item[Any]]:
        """The events of several topics on one connection, which their keys and values tell apart."""
        conversation = self._caller.conversation(*streams)
        for message in self._messages(conversation):
            yield from conversation.receive(message)

    def list(self, type: ResourceType[C, I, S], **filters: Any) -> Page[Resource[C, I, S]]:
        """One page; filters as in `GET /api/{plural}`: search, tag, state, server, sort, cursor, limit."""
        return self.run(asks.list_of(type, filters))

    def all(self, type: ResourceType[C, I, S], **filters: Any) -> Iterator[Resource[C, I, S]]:
        """Every one, page by page."""
        page = self.list(type, **filters)
        yield from page.items
        while page.next:
            page = self.list(type, **{**filters, "cursor": page.next})
            yield from page.items

    def get(self, type: ResourceType[C, I, S], target: str) -> Resource[C, I, S]:
        """One, by id or name."""
        return self.run(asks.get(type, target))

    def create(
        self,
        type: ResourceType[C, I, S],
        name: str,
        config: C,
        *,
        description: str = "",
        tags: tuple[str, ...] = (),
    ) -> Resource[C, I, S]:
        """Add one."""
        return self.run(asks.create(type, name, config, description=description, tags=tags))

    def update(
        self,
        type: ResourceType[C, I, S],
        target: str,
        config: Mapping[str, Any] | None = None,
        *,
        revision: int | None = None,
        name: str | UnsetType = UNSET,
        description: str | UnsetType = UNSET,
        tags: tuple[str, ...] | UnsetType = UNSET,
    ) -> Resource[C, I, S]:
        """Change what is given; `config` holds whole top-level fields. Conflict unless `revision` is the current."""
        return self.run(
            asks.update(type, target, config or {}, revision=revision, name=name, description=description, tags=tags)
        )

    def delete(self, type: ResourceType[Any, Any, Any], target: str, **parameters: Any) -> Activity | None:
        """Remove one; an activity where deleting is an action."""
        return self.run(asks.delete(self._caller.registry, type, target, parameters))

    def _messages(self, conversation: Conversation, timeout: float | None = None) -> Iterator[str | bytes]:
        """Messages of one connection after the other, until the conversation is done."""
        from websockets.exceptions import WebSocketException  # noqa: PLC0415 - only what is live needs it
        from websockets.sync.client import ClientConnection, connect  # noqa: PLC0415 - the same

        until = None if timeout is None else self._clock.monotonic() + timeout
        while not conversation.done:
            broken: Exception | None = None
            try:
                settings = self._caller.socket_settings(self._http.cookies)
                with cast("ClientConnection", connect(**settings)) as socket:
                    for opening in conversation.opening():
                        socket.send(opening)
                    while not conversation.done:
                        yield socket.recv(self._left(until))
            except (OSError, WebSocketException) as why:
                broken = why
            left = self._left(until)
            if not conversation.done:
                threading.Event().wait(min(conversation.lost(broken), left or LONGEST_DELAY))

    def _left(self, until: float | None) -> float | None:
        """Seconds until then; TimeoutError once there are none."""
        if until is None:
            return None
        left = until - self._clock.monotonic()
        if left <= 0:
            raise TimeoutError("the activity has not ended in the time given")
        return left
