"""Documents: written whole or not at all, over the revision expected, and given back as they were."""

import asyncio

import msgspec
import pytest

from monitor.kernel.errors import Conflict, Invalid, Unavailable
from monitor.store.contract import MAX_COMMIT, Delete, Put, RevisionConflict, Store, StoreBusy, Where


def put(id: str, revision: int = 1, body: object = None, *, kind: str = "activity", expects: int | None = None) -> Put:
    return Put(kind, id, revision, msgspec.json.encode(body), expects)


async def test_what_was_put_is_got(store: Store) -> None:
    body = b' {"b": 1,\n"a": [1.0, 1e2, "\\u00e9\xc3\xa9"], "a": null} '
    assert await store.commit([Put("activity", "A", 3, body)]) == 0
    found = await store.get("activity", "A")
    assert found is not None
    assert (found.kind, found.id, found.revision, found.body) == ("activity", "A", 3, body)


async def test_what_is_not_there_is_none(store: Store) -> None:
    assert await store.get("activity", "A") is None
    assert await store.get("unheard.of", "A") is None
    assert await store.get("activity", "") is None
    assert await store.all("unheard.of") == []


async def test_a_put_replaces(store: Store) -> None:
    await store.commit([put("A", 1, {"state": "queued"})])
    await store.commit([put("A", 2, {"state": "running"})])
    found = await store.get("activity", "A")
    assert found is not None
    assert (found.revision, found.body) == (2, b'{"state":"running"}')
    assert (await store.find("activity", [Where(path="state", equals="queued")])).total == 0
    assert (await store.find("activity", [Where(path="state", equals="running")])).total == 1


async def test_kinds_are_apart(store: Store) -> None:
    await store.commit([put("A", body=1, kind="server"), put("A", body=2, kind="server.info")])
    await store.commit(deletes=[Delete("server", "A")])
    assert await store.get("server", "A") is None
    assert [doc.body for doc in await store.all("server.info")] == [b"2"]


async def test_delete_removes_and_forgives(store: Store) -> None:
    await store.commit([put("A", body={"state": "queued"})])
    await store.commit(deletes=[Delete("activity", "A"), Delete("activity", "B")])
    assert await store.get("activity", "A") is None
    assert (await store.find("activity", [Where(path="state", equals="queued")])).total == 0
    await store.commit([put("A", expects=0)])


async def test_all_is_in_order_of_id(store: Store) -> None:
    ids = ["b", "a", "B", "é", "z", "10", "9", "\U0001f600", "\uffff"]
    await store.commit([put(id) for id in ids])
    assert [doc.id for doc in await store.all("activity")] == sorted(ids)


@pytest.mark.parametrize(
    ("stored", "expects"), [(None, 1), (1, 0), (1, 2), (2, 1)], ids=["gone", "there", "behind", "ahead"]
)
async def test_a_conflict_writes_nothing(store: Store, stored: int | None, expects: int) -> None:
    if stored:
        await store.commit([put("A", stored, "old")])
    await store.commit([put("gone", 1, "old")])
    with pytest.raises(RevisionConflict, match="activity A") as caught:
        await store.commit(
            [put("B", 1, "new"), put("A", 9, "new", expects=expects), put("C", 1, "new")],
            [Delete("activity", "gone")],
            entry=None,
        )
    assert isinstance(caught.value, Conflict)
    assert {doc.id: doc.body for doc in await store.all("activity")} == {
        "gone": b'"old"',
        **({"A": b'"old"'} if stored else {}),
    }


async def test_expected_revisions_are_written(store: Store) -> None:
    await store.commit([put("A", 1, expects=0)])
    await store.commit([put("A", 7, expects=1)])
    await store.commit([put("A", 2, expects=None)])
    await store.commit([put("A", 3, expects=2)])


async def test_one_of_many_writers_wins(store: Store) -> None:
    await store.commit([put("A", 1, -1)])
    tries = (store.commit([put("A", 2, number, expects=1)]) for number in range(200))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    winners = [number for number, outcome in enumerate(outcomes) if outcome == 0]
    assert len(winners) == 1
    assert sum(isinstance(outcome, RevisionConflict) for outcome in outcomes) == 199
    found = await store.get("activity", "A")
    assert found is not None
    assert found.body == str(winners[0]).encode()


async def test_commits_are_applied_in_the_order_of_the_calls(store: Store) -> None:
    await asyncio.gather(*(store.commit([put("A", number, expects=number - 1)]) for number in range(1, 400)))
    found = await store.get("activity", "A")
    assert found is not None
    assert found.revision == 399


async def test_what_is_acknowledged_is_seen(store: Store) -> None:
    async def write_and_look(id: str) -> None:
        for revision in range(1, 20):
            await store.commit([put(id, revision, {"number": revision})])
            found = await store.get("activity", id)
            assert found is not None
            assert found.revision == revision
            assert (await store.find("activity", [Where(path="id", equals=id)])).total == 0
            assert (await store.find("activity", [Where(path="number", equals=revision)])).total >= 1

    await asyncio.gather(*(write_and_look(str(number)) for number in range(10)))


async def test_a_cancelled_caller_takes_nothing_back(store: Store) -> None:
    callers = [asyncio.create_task(store.commit([put(f"{n}a", body=n), put(f"{n}b", body=n)])) for n in range(100)]
    await asyncio.gather(*callers[:10])
    for caller in callers[10:]:
        caller.cancel()
    await asyncio.gather(*callers, return_exceptions=True)
    await store.commit([put("last")])
    assert len(await store.all("activity")) == 201


@pytest.mark.parametrize(
    "id",
    ["a.b", "$where", "é", "\U0001f600", "a\0b", "\0", "a'b\"c`d;--", "%", "../x", " ", "x" * 1000, "{}"],
)
async def test_odd_ids_and_keys(store: Store, id: str) -> None:
    body = msgspec.json.encode({id: {id: 1}, "what": {id: id, "id": id}, "state": id})
    await store.commit([Put("activity", id, 1, body)])
    found = await store.get("activity", id)
    assert found is not None
    assert (found.id, found.body) == (id, body)
    assert (await store.find("activity", [Where(path="state", equals=id), Where(path="what.id", equals=id)])).total == 1
    assert (await store.find("activity", [Where(path="state", contains=id)])).total == 1
    assert (await store.find("activity", after=id)).docs == ()
    await store.commit(deletes=[Delete("activity", id)])
    assert await store.all("activity") == []


HALF = "a\ud800"


async def test_half_a_surrogate_pair_is_refused(store: Store) -> None:
    for refused in (
        store.commit([put(HALF)]),
        store.commit(deletes=[Delete("activity", HALF)]),
        store.get("activity", HALF),
        store.find("activity", after=HALF),
        store.find("activity", [Where(path="state", equals=HALF)]),
        store.find("activity", [Where(path="state", among=("a", HALF))]),
        store.find("activity", [Where(path="state", contains=HALF)]),
        store.read(HALF),
    ):
        with pytest.raises(Invalid, match="surrogate"):
            await refused


async def test_only_json_is_kept(store: Store) -> None:
    for body in (b"", b"{", b"nan", b'"\xff"', b'"\\ud800"', b"[1,]", b"1e999", b"[" * 100_000, b'"\0"'):
        with pytest.raises(ValueError, match="not JSON"):
            await store.commit([put("B"), Put("activity", "A", 1, body)])
    assert await store.all("activity") == []


async def test_what_only_a_bug_writes_is_refused(store: Store) -> None:
    for puts in (
        [put("")],
        [put("A", 0)],
        [put("A", -1)],
        [put("A", 2**63)],
        [put("A", expects=-1)],
        [put("A"), put("A", 2)],
        [put("A", kind="Activity")],
        [put("A", kind='x"; DROP TABLE docs; --')],
        [put("A", kind="")],
    ):
        with pytest.raises(ValueError, match=r"empty|revision|twice|form"):
            await store.commit(puts)
    with pytest.raises(ValueError, match="twice"):
        await store.commit([put("A")], [Delete("activity", "A")])
    assert await store.all("activity") == []


async def test_large_bodies(store: Store) -> None:
    bodies = {f"{n}": msgspec.json.encode({"state": "x" * n, "rest": [{"n": n}] * 500_000}) for n in (1, 2)}
    assert min(map(len, bodies.values())) > 4_000_000
    for id, body in bodies.items():
        await store.commit([Put("activity", id, 1, body)])
    assert {doc.id: doc.body for doc in await store.all("activity")} == bodies
    found = await store.find("activity", [Where(path="state", equals="xx")])
    assert [doc.id for doc in found.docs] == ["2"]


async def test_too_large_a_commit_is_refused(store: Store) -> None:
    half = msgspec.json.encode("x" * (MAX_COMMIT // 2))
    with pytest.raises(Invalid, match=str(MAX_COMMIT)):
        await store.commit([Put("activity", "A", 1, half), Put("activity", "B", 1, half)])
    assert await store.all("activity") == []


async def test_contents_outlive_close(store: Store) -> None:
    await store.commit([put("A", 4, {"state": "queued"})])
    await store.close()
    for closed in (store.get("activity", "A"), store.commit([put("B")]), store.find("activity"), store.read("log")):
        with pytest.raises(Unavailable, match="not open"):
            await closed
    await store.open()
    found = await store.find("activity", [Where(path="state", equals="queued")])
    assert [doc.revision for doc in found.docs] == [4]
    await store.commit([put("A", 5, expects=4)])


async def test_closing_finishes_what_was_asked_for(store: Store) -> None:
    writing = [asyncio.create_task(store.commit([put(f"{n}")])) for n in range(500)]
    await asyncio.gather(*writing[:1])
    await store.close()
    await asyncio.gather(*writing)
    await store.open()
    assert len(await store.all("activity")) == 500
    await store.close()
    await store.close()


async def test_it_opens_once(store: Store) -> None:
    with pytest.raises(StoreBusy, match="open"):
        await store.open()
    await store.commit([put("A")])
