"""Held: images that jobs under way on this host need, which nobody removes meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager


class Held:
    """Of one agent. One image is removed at a time, and what is held waits for that one."""

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._builds = 0
        self._removing = asyncio.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """References and ids that jobs hold."""
        return tuple(self._names)

    @property
    def building(self) -> bool:
        """Whether an image is being built: it may go on from any image without a name."""
        return self._builds > 0

    @asynccontextmanager
    async def image(self, *names: str) -> AsyncGenerator[None]:
        """Hold what these mean, from before it is looked for until a container is made of it."""
        held = [name for name in names if name]
        self._names.update(held)
        try:
            async with self._removing:
                pass  # what is being removed now is gone, and seen to be gone
            yield
        finally:
            self._names.subtract(held)
            self._names = +self._names

    @contextmanager
    def build(self) -> Generator[None]:
        """Hold what a build may go on from."""
        self._builds += 1
        try:
            yield
        finally:
            self._builds -= 1

    @asynccontextmanager
    async def removing(self) -> AsyncGenerator[None]:
        """Look at what is held and remove one image: nothing comes to be held in between."""
        async with self._removing:
            yield
