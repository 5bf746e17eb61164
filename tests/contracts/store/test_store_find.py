"""Find: conditions on declared indexes, compared as JSON types, a page in order of id and the total."""

from collections.abc import Sequence

import msgspec
import pytest

from monitor.store.contract import Index, Put, Store, Where
from monitor.store.keys import Keys

BODIES = {
    "absent": {},
    "array": {"number": [1, "a"]},
    "big": {"number": 2**63},
    "bigger": {"number": 2**80},
    "empty": {"number": ""},
    "false": {"number": False},
    "float": {"number": 1.5},
    "long": {"number": 2**53 + 1},
    "minus": {"number": -3},
    "null": {"number": None},
    "object": {"number": {"number": 1}},
    "one": {"number": 1},
    "one.0": {"number": 1.0},
    "scalar": 1,
    "text": {"number": "text"},
    "text1": {"number": "1"},
    "true": {"number": True},
    "zero": {"number": 0},
}


async def fill(store: Store, bodies: dict[str, object]) -> None:
    await store.commit([Put("activity", id, 1, msgspec.json.encode(body)) for id, body in bodies.items()])


async def ids(store: Store, *where: Where, **options: object) -> list[str]:
    found = await store.find("activity", where, **{"limit": 100, **options})  # type: ignore[arg-type]
    return [doc.id for doc in found.docs]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(path="number", equals=1), ["one", "one.0"]),
        (Where(path="number", equals=1.0), ["one", "one.0"]),
        (Where(path="number", equals="1"), ["text1"]),
        (Where(path="number", equals=True), ["true"]),
        (Where(path="number", equals=False), ["false"]),
        (Where(path="number", equals=0), ["zero"]),
        (Where(path="number", equals=""), ["empty"]),
        (Where(path="number", equals=2**53 + 1), ["long"]),
        (Where(path="number", equals=float(2**53)), []),
        (Where(path="number", equals=2**80), ["bigger"]),
        (Where(path="number", equals=float("nan")), []),
        (Where(path="number", among=(1, "text", 7)), ["one", "one.0", "text"]),
        (Where(path="number", among=()), []),
        (Where(path="number", among=(True,)), ["true"]),
        (Where(path="number", at_least=1), ["big", "bigger", "float", "long", "one", "one.0"]),
        (Where(path="number", at_least=float("nan")), []),
        (Where(path="number", below=1), ["minus", "zero"]),
        (Where(path="number", at_least=0, below=1.5), ["one", "one.0", "zero"]),
        (Where(path="number", at_least=1, below="z"), []),
        (Where(path="number", below=float("inf"), at_least=2), ["big", "bigger", "long"]),
        (Where(path="number", at_least=""), ["empty", "text", "text1"]),
        (Where(path="number", below="b"), ["empty", "text1"]),
        (Where(path="number", at_least="t", below="u"), ["text"]),
        (Where(path="number", at_least=False), ["false", "true"]),
        (Where(path="number", below=True), ["false"]),
        (Where(path="number", contains="1"), ["text1"]),
        (Where(path="number", contains=""), ["empty", "text", "text1"]),
    ],
    ids=repr,
)
async def test_values_are_compared_as_their_json_type(store: Store, where: Where, expected: list[str]) -> None:
    await fill(store, dict(BODIES))
    assert await ids(store, where) == expected
    assert await ids(store, where, descending=True) == expected[::-1]
    assert (await store.find("activity", [where], limit=0)).total == len(expected)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("100%", True),
        ("%", True),
        ("_%", False),
        ("1_0", False),
        ("ÄÖ", True),
        ("äö", True),
        ("STRASSE", True),
        ("straße", True),
        ("ß\u0301", False),
        (".", False),
        ("*", False),
        ("\\", False),
        ("nul\0", True),
        ("nul\0x", False),
    ],
)
async def test_contains_is_plain_text_in_any_case(store: Store, text: str, within: bool) -> None:
    await fill(store, {"A": {"state": "at 100% äÖ Straße NUL\0"}, "B": {"state": 100}, "C": {}})
    assert await ids(store, Where(path="state", contains=text)) == (["A"] if within else [])


async def test_all_conditions_hold(store: Store) -> None:
    states = ("queued", "running")
    await fill(
        store, {f"{n:02}": {"state": states[n % 2], "number": n, "what": {"id": f"w{n % 3}"}} for n in range(30)}
    )
    where = [Where(path="state", equals="running"), Where(path="what.id", equals="w0"), Where(path="number", below=20)]
    assert await ids(store, *where) == ["03", "09", "15"]
    assert await ids(store, *where, Where(path="number", at_least=9)) == ["09", "15"]
    assert await ids(store, *where, Where(path="state", equals="queued")) == []


async def test_dots_go_into_objects_only(store: Store) -> None:
    await fill(store, {"A": {"what": {"id": "x"}}, "B": {"what.id": "x"}, "C": {"what": ["x"]}, "D": {"what": "x"}})
    assert await ids(store, Where(path="what.id", equals="x")) == ["A"]


async def test_a_path_may_be_called_id(store: Store) -> None:
    await fill(store, {"A": {"id": "B"}, "B": {"id": "A"}})
    assert await ids(store, Where(path="id", equals="B")) == ["A"]


async def test_pages(store: Store) -> None:
    names = [f"{n:03}" for n in range(100)]
    await fill(store, {name: {"state": "queued" if int(name) % 4 else "running"} for name in names})
    for descending in (False, True):
        for where in ([], [Where(path="state", equals="queued")]):
            expected = [n for n in names if not where or int(n) % 4]
            got: list[str] = []
            while page := await store.find(
                "activity", where, descending=descending, after=got[-1] if got else "", limit=7
            ):
                assert page.total == len(expected)
                got += [doc.id for doc in page.docs]
                if len(page.docs) < 7:
                    break
            assert got == (expected[::-1] if descending else expected)


async def test_default_limit_is_fifty(store: Store) -> None:
    await fill(store, {f"{n:03}": {} for n in range(60)})
    found = await store.find("activity")
    assert (len(found.docs), found.total) == (50, 60)


async def test_after_need_not_be_there(store: Store) -> None:
    await fill(store, {"A": {}, "C": {}})
    assert await ids(store, after="B") == ["C"]
    assert await ids(store, after="B", descending=True) == ["A"]
    assert await ids(store, after="D") == []


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("activity", [Where(path="summary", equals="x")]),
        ("activity", [Where(path="what", equals="x")]),
        ("activity", [Where(path="state'; DROP TABLE docs; --", equals="x")]),
        ("activity.note", [Where(path="state", equals="x")]),
        ("server", [Where(path="state", equals="x")]),
        ("activity", [Where(path="state")]),
        ("activity", [Where(path="state", among=tuple(range(10_001)))]),
    ],
)
async def test_a_search_without_index_or_value_is_refused(store: Store, kind: str, where: Sequence[Where]) -> None:
    with pytest.raises(ValueError, match=r"no index|names no value|at most"):
        await store.find(kind, where)


async def test_negative_limits_are_refused(store: Store) -> None:
    for refused in (store.find("activity", limit=-1), store.journal(limit=-1), store.read("log", after=-1)):
        with pytest.raises(ValueError, match="negative"):
            await refused


async def test_as_many_values_as_allowed(store: Store) -> None:
    await fill(store, {"A": {"number": 9_999}, "B": {"number": 10_000}})
    assert await ids(store, *[Where(path="number", among=tuple(range(10_000)))] * 3) == ["A"]


@pytest.mark.parametrize(
    "index", [Index("Activity", "a"), Index("activity", "a b"), Index("activity", 'a"'), Index("a", "")]
)
def test_odd_indexes_are_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        Keys((index,))
