"""Logs: append-only, read from any point on, cut at the front, removed."""

import asyncio

import pytest

from monitor.store.contract import Record, Store


def records(*seqs: int) -> list[Record]:
    return [Record(seq, bytes(range(256)) + str(seq).encode()) for seq in seqs]


async def test_what_was_appended_is_read(store: Store) -> None:
    await store.append("A", records(1, 2))
    await store.append("A", records(5))
    await store.append("B", records(1))
    assert await store.read("A") == records(1, 2, 5)
    assert await store.read("B") == records(1)
    assert await store.read("C") == []


async def test_a_seq_there_already_is_ignored(store: Store) -> None:
    await store.append("A", records(1, 3))
    await store.append("A", [Record(3, b"other"), Record(2, b"late"), Record(4, b"new"), Record(4, b"twice")])
    assert await store.read("A") == [*records(1), Record(2, b"late"), *records(3), Record(4, b"new")]


async def test_pages(store: Store) -> None:
    await store.append("A", records(*range(1, 101)))
    assert await store.read("A", after=10, limit=3) == records(11, 12, 13)
    assert await store.read("A", after=99) == records(100)
    assert await store.read("A", after=100) == []
    assert await store.read("A", limit=0) == []


async def test_trim_drops_the_front(store: Store) -> None:
    await store.append("A", records(*range(1, 11)))
    await store.append("B", records(1))
    await store.trim("A", 8)
    await store.trim("none", 8)
    assert await store.read("A") == records(8, 9, 10)
    assert await store.read("B") == records(1)


async def test_drop_removes_one_log(store: Store) -> None:
    await store.append("A", records(1))
    await store.append("B", records(1))
    await store.drop("A")
    await store.drop("A")
    assert await store.read("A") == []
    assert await store.read("B") == records(1)
    await store.append("A", records(2))
    assert await store.read("A") == records(2)


async def test_empty_and_large_records(store: Store) -> None:
    large = [Record(1, b""), Record(2, b"\0" * 5_000_000)]
    await store.append("A", large)
    await store.append("A", [])
    assert await store.read("A") == large


async def test_many_writers(store: Store) -> None:
    await asyncio.gather(*(store.append(f"{n % 5}", records(n + 1)) for n in range(200)))
    for log in range(5):
        assert await store.read(f"{log}") == records(*range(log + 1, 201, 5))


async def test_contents_outlive_close(store: Store) -> None:
    await store.append("A", records(1))
    await store.close()
    await store.open()
    assert await store.read("A") == records(1)


@pytest.mark.parametrize("seq", [0, -1, 2**63])
async def test_wrong_seqs_are_refused(store: Store, seq: int) -> None:
    with pytest.raises(ValueError, match="seq"):
        await store.append("A", [Record(1, b""), Record(seq, b"")])
    with pytest.raises(ValueError, match="empty"):
        await store.append("", records(1))
    assert await store.read("A") == []


@pytest.mark.parametrize("log", ["a.b", "$x", "a\0b", "é", "'; DROP TABLE logs; --", "%"])
async def test_odd_names(store: Store, log: str) -> None:
    await store.append(log, records(1))
    await store.append("other", records(2))
    assert await store.read(log) == records(1)
    await store.drop(log)
    assert await store.read("other") == records(2)
