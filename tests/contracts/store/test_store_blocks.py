"""Blocks of samples: kept together or not at all, read by time, dropped by age and by name."""

import pytest

from monitor.kernel.errors import Invalid
from monitor.store.contract import Packed, Store


def block(entity: str, start: int, data: bytes = b"x", level: int = 1) -> Packed:
    return Packed(entity, level, start, data)


async def test_what_was_kept_is_read_by_time(store: Store) -> None:
    await store.keep([block("a", 30), block("a", 10), block("a", 20), block("b", 10), block("a", 10, b"y", level=2)])
    assert await store.packed("a", 1, 0, 100) == [block("a", 10), block("a", 20), block("a", 30)]
    assert await store.packed("a", 1, 10, 30) == [block("a", 10), block("a", 20)]
    assert await store.packed("a", 2, 0, 100) == [block("a", 10, b"y", level=2)]
    assert await store.packed("c", 1, 0, 100) == []


async def test_a_block_takes_the_place_of_the_one_before(store: Store) -> None:
    await store.keep([block("a", 10, b"old"), block("a", 20, b"stays")])
    await store.keep([block("a", 10, b"new")])
    assert [kept.data for kept in await store.packed("a", 1, 0, 100)] == [b"new", b"stays"]


async def test_all_of_them_or_none(store: Store) -> None:
    with pytest.raises(ValueError, match="level"):
        await store.keep([block("a", 10), block("a", 20, level=256)])
    with pytest.raises(Invalid):
        await store.keep([block("a", 10), block("\ud800", 20)])
    assert await store.packed("a", 1, 0, 100) == []


async def test_names_by_their_beginning(store: Store) -> None:
    await store.keep([block("server/1", 0), block("server/10", 0), block("container/1/a_b%", 0), block("Server/1", 0)])
    assert await store.entities("server/1") == ["server/1", "server/10"]
    assert await store.entities("container/1/a_b%") == ["container/1/a_b%"]
    assert await store.entities() == ["Server/1", "container/1/a_b%", "server/1", "server/10"]


async def test_old_ones_are_dropped(store: Store) -> None:
    await store.keep([block("a", 10), block("a", 20), block("b", 10), block("a", 10, level=2)])
    await store.shed("a", 1, 20)
    await store.shed("nobody", 1, 20)
    assert await store.packed("a", 1, 0, 100) == [block("a", 20)]
    assert await store.packed("a", 2, 0, 100) == [block("a", 10, level=2)]
    assert await store.entities() == ["a", "b"]
    await store.shed("a", 1, 100)
    await store.shed("a", 2, 100)
    assert await store.entities() == ["b"]


async def test_all_of_one_are_dropped(store: Store) -> None:
    await store.keep([block("a", 10), block("a", 10, level=2), block("b", 10)])
    await store.abandon("a")
    await store.abandon("a")
    assert await store.entities() == ["b"]


async def test_they_outlive_closing(store: Store) -> None:
    await store.keep([block("a", 10, bytes(range(256)) * 1000)])
    await store.close()
    await store.open()
    assert (await store.packed("a", 1, 0, 100))[0].data == bytes(range(256)) * 1000
