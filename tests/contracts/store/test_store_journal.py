"""The journal: numbered without gaps, written with the change it tells of."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.kernel.errors import Invalid
from monitor.store.contract import Entry, Put, RevisionConflict, Store, Written

AT = datetime(2026, 11, 22, 10, 30, 0, 123456, UTC)


async def test_entries_are_numbered_and_kept(store: Store) -> None:
    entries = [Entry("opened", AT, "01A", b'{"a": 1}'), Entry("signed_in", AT), Entry("é\0", AT, "\0", b"[ ]")]
    assert [await store.commit(entry=entry) for entry in entries] == [1, 2, 3]
    assert await store.journal() == [Written(seq, entry) for seq, entry in enumerate(entries, start=1)]


async def test_pages(store: Store) -> None:
    for number in range(10):
        await store.commit(entry=Entry(f"event{number}", AT))
    assert [one.seq for one in await store.journal(after=3, limit=4)] == [4, 5, 6, 7]
    assert [one.seq for one in await store.journal(after=9)] == [10]
    assert await store.journal(after=10) == []
    assert await store.journal(limit=0) == []
    assert await store.journal(after=2**63 - 1) == []


async def test_a_commit_rolled_back_leaves_no_gap(store: Store) -> None:
    await store.commit([Put("activity", "taken", 1, b"{}")])

    async def write(number: int) -> int:
        id, expects = (f"{number}", 0) if number % 3 else ("taken", 7)
        return await store.commit([Put("activity", id, 1, b"{}", expects)], entry=Entry("changed", AT, id))

    outcomes = await asyncio.gather(*(write(number) for number in range(300)), return_exceptions=True)
    assert sum(isinstance(outcome, RevisionConflict) for outcome in outcomes) == 100
    written = await store.journal()
    assert [one.seq for one in written] == list(range(1, 201))
    for number, outcome in enumerate(outcomes):
        if isinstance(outcome, int):
            assert written[outcome - 1].entry.activity == f"{number}"


async def test_seq_goes_on_after_reopening(store: Store) -> None:
    await store.commit(entry=Entry("opened", AT))
    await store.close()
    await store.open()
    assert await store.commit(entry=Entry("closed", AT)) == 2
    assert [one.entry.event for one in await store.journal()] == ["opened", "closed"]


async def test_times_are_one_instant_in_any_zone(store: Store) -> None:
    local = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    await store.commit(entry=Entry("opened", local))
    [written] = await store.journal()
    assert written.entry.at == AT


async def test_wrong_entries_are_refused(store: Store) -> None:
    put = Put("activity", "A", 1, b"{}")
    with pytest.raises(ValueError, match="time zone"):
        await store.commit([put], entry=Entry("opened", AT.replace(tzinfo=None)))
    with pytest.raises(ValueError, match="not JSON"):
        await store.commit([put], entry=Entry("opened", AT, body=b"{"))
    with pytest.raises(Invalid, match="surrogate"):
        await store.commit([put], entry=Entry("opened", AT, "\udfff"))
    assert await store.get("activity", "A") is None
    assert await store.journal() == []
