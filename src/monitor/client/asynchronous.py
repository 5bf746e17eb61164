"""AsyncClient: Monitor's API for asyncio."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, nullcontext
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
from msgspec import UNSET, UnsetType

from monitor.client import asks
from monitor.client.answers import error_from
from monitor.client.caller import Caller
from monitor.client.following import Event, Following, id_of
from monitor.client.live import Conversation
from monitor.client.terminal import Screen, Terminal
from monitor.features.sign_in.spec import SignIn
from monitor.features.users.spec import User
from monitor.kernel.activity import Activity
from monitor.kernel.clock import Clock, SystemClock, deadline
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


class AsyncClient:
    """Monitor's API for asyncio. Every method raises the kernel's errors; Unavailable when core does not answer.

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
        self._http = httpx2.AsyncClient(**self._caller.http_settings())
        self._clock = clock or SystemClock()
        self.address = self._caller.address

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    async def sign_in(self, name: str, password: str) -> User:
        """Start a session; what follows is asked in this user's name."""
        return await self.run(SignIn(name=name, password=password))

    async def run(self, operation: Operation[R]) -> R:
        """Ask for anything; an action answers once accepted."""
        try:
            response = await self._http.request(**self._caller.question(operation))
        except httpx2.RequestError as why:
            raise self._caller.unreachable(why) from why
        answered: R = self._caller.answer(operation, response)
        return answered

    async def download(self, operation: Operation[Download]) -> AsyncGenerator[bytes]:
        """The pieces of an answer that is a file, as they come; Unavailable where it breaks off."""
        try:
            async with self._http.stream(**self._caller.question(operation)) as response:
                if response.status_code >= 300:
                    raise error_from(response.status_code, response.headers, await response.aread())
                async for piece in response.aiter_raw():
                    yield piece
        except httpx2.RequestError as why:
            raise self._caller.broken_off(why) from why

    async def wait(
        self,
        activity: Activity | str,
        timeout: float | None = None,  # noqa: ASYNC109 - as in the blocking client, and by the client's own clock
    ) -> Activity:
        """The activity once it has ended, whatever its outcome; TimeoutError after `timeout` seconds."""
        following = Following(id_of(activity), output=False)
        limit = deadline(self._clock, timeout) if timeout is not None else nullcontext()
        async with limit, aclosing(self._messages(following)) as messages:
            async for message in messages:
                following.read(message)
        return following.ended()

    async def follow(self, activity: Activity | str, *, after: int = 0) -> AsyncGenerator[Event]:
        """Its output as it comes and its record at each change, until both have ended; survives lost connections."""
        following = Following(id_of(activity), after=after)
        async with aclosing(self._messages(following)) as messages:
            async for message in messages:
                for event in following.events(message):
                    yield event

    async def subscribe(self, stream: Stream[E]) -> AsyncGenerator[Item[E]]:
        """A topic's events, live. Of a state topic: each thing, then each change; `data` is None for what is gone.

        Leave it early inside `contextlib.aclosing`, so that the connection closes at once.
        """
        conversation = self._caller.conversation(stream)
        async with aclosing(self._messages(conversation)) as messages:
            async for message in messages:
                for item in conversation.receive(message):
                    yield item

    def terminal(self, activity: Activity | str, screen: Screen) -> Terminal:
        """A terminal that was asked for with `run`, to be served: what it writes is shown on `screen`."""
        id = id_of(activity)
        return Terminal(
            lambda after: self._caller.terminal_settings(id, after, self._http.cookies), screen, self._clock
        )

    async def list(self, type: ResourceType[C, I, S], **filters: Any) -> Page[Resource[C, I, S]]:
        """One page; filters as in `GET /api/{plural}`: search, tag, state, server, sort, cursor, limit."""
        return await self.run(asks.list_of(type, filters))

    async def all(self, type: ResourceType[C, I, S], **filters: Any) -> AsyncGenerator[Resource[C, I, S]]:
        """Every one, page by page."""
        page = await self.list(type, **filters)
        for one in page.items:
            yield one
        while page.next:
            page = await self.list(type, **{**filters, "cursor": page.next})
            for one in page.items:
                yield one

    async def get(self, type: ResourceType[C, I, S], target: str) -> Resource[C, I, S]:
        """One, by id or name."""
        return await self.run(asks.get(type, target))

    async def create(
        self,
        type: ResourceType[C, I, S],
        name: str,
        config: C,
        *,
        description: str = "",
        tags: tuple[str, ...] = (),
    ) -> Resource[C, I, S]:
        """Add one."""
        return await self.run(asks.create(type, name, config, description=description, tags=tags))

    async def update(
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
        return await self.run(
            asks.update(type, target, config or {}, revision=revision, name=name, description=description, tags=tags)
        )

    async def delete(self, type: ResourceType[Any, Any, Any], target: str, **parameters: Any) -> Activity | None:
        """Remove one; an activity where deleting is an action."""
        return await self.run(asks.delete(self._caller.registry, type, target, parameters))

    async def _messages(self, conversation: Conversation) -> AsyncGenerator[str | bytes]:
        """Messages of one connection after the other, until the conversation is done."""
        from websockets.asyncio.client import connect  # noqa: PLC0415 - only what is live needs it
        from websockets.exceptions import WebSocketException  # noqa: PLC0415 - the same

        while not conversation.done:
            broken: Exception | None = None
            try:
                async with connect(**self._caller.socket_settings(self._http.cookies)) as socket:
                    for opening in conversation.opening():
                        await socket.send(opening)
                    while not conversation.done:
                        yield await socket.recv()
            except (OSError, WebSocketException) as why:
                broken = why
            if not conversation.done:
                await self._clock.sleep(conversation.lost(broken))
