"""Whatever is done to them, in whatever order, SQLite and memory answer the same."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from monitor.store.contract import Delete, Entry, Put, Record, RevisionConflict, Where
from tests.contracts.store.conftest import INDEXES, make_memory, make_sqlite

T = TypeVar("T")
AT = datetime(2026, 11, 22, tzinfo=UTC)

ids = st.sampled_from(["A", "B", "a", "a.b", "é", "\0", "$"])
kinds = st.sampled_from(["activity", "activity.note", "server"])
revisions = st.integers(1, 4)
texts = st.text(st.sampled_from("aAbß%_É\0"), max_size=3)
numbers = st.one_of(st.integers(-3, 3), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
values = st.one_of(texts, numbers)
anything = st.one_of(values, st.none(), st.lists(values, max_size=2), st.dictionaries(texts, values, max_size=2))
bodies = st.one_of(
    anything,
    st.fixed_dictionaries(
        {},
        optional={
            "state": anything,
            "number": anything,
            "id": anything,
            "text": anything,
            "what": st.one_of(anything, st.fixed_dictionaries({}, optional={"id": anything})),
        },
    ),
)
puts = st.builds(
    lambda kind, name, revision, body, expects: Put(kind, name, revision, msgspec.json.encode(body), expects),
    kinds,
    ids,
    revisions,
    bodies,
    st.one_of(st.none(), st.integers(0, 4)),
)


@st.composite
def searches(draw: st.DrawFn) -> tuple[str, list[Where]]:
    kind = draw(st.sampled_from([index.kind for index in INDEXES]))
    paths = st.sampled_from([index.path for index in INDEXES if index.kind == kind])
    condition = st.one_of(
        st.builds(Where, path=paths, equals=values),
        st.builds(Where, path=paths, among=st.lists(values, max_size=4).map(tuple)),
        st.builds(Where, path=paths, at_least=values),
        st.builds(Where, path=paths, below=values),
        st.builds(Where, path=paths, at_least=values, below=values),
        st.builds(Where, path=paths, contains=texts),
    )
    return kind, draw(st.lists(condition, max_size=3))


class BothStores(RuleBasedStateMachine):
    """Every step is taken on both; every answer is compared."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="monitor-store-"))
        self.memory, self.sqlite = make_memory(self.folder), make_sqlite(self.folder)
        self.run(self.memory.open())
        self.run(self.sqlite.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.sqlite.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(
        puts=st.lists(puts, max_size=3, unique_by=lambda put: (put.kind, put.id)),
        deletes=st.lists(st.tuples(kinds, ids), max_size=2, unique=True),
        event=st.one_of(st.none(), texts),
    )
    def commit(self, puts: list[Put], deletes: list[tuple[str, str]], event: str | None) -> None:
        named = {(put.kind, put.id) for put in puts}
        gone = [Delete(*delete) for delete in deletes if delete not in named]
        entry = None if event is None else Entry(event, AT, "01A", b'{"a":1}')
        answers: list[object] = []
        for store in (self.memory, self.sqlite):
            try:
                answers.append(self.run(store.commit(puts, gone, entry)))
            except RevisionConflict as conflict:
                answers.append(conflict.message)
        assert answers[0] == answers[1]

    @rule(
        search=searches(), descending=st.booleans(), after=st.one_of(st.just(""), ids, texts), limit=st.integers(0, 9)
    )
    def find(self, search: tuple[str, list[Where]], descending: bool, after: str, limit: int) -> None:
        kind, where = search
        expected, found = (
            self.run(store.find(kind, where, descending=descending, after=after, limit=limit))
            for store in (self.memory, self.sqlite)
        )
        assert found == expected

    @rule(log=ids, seqs=st.lists(st.integers(1, 20), max_size=5), data=st.binary(max_size=4))
    def append(self, log: str, seqs: list[int], data: bytes) -> None:
        for store in (self.memory, self.sqlite):
            self.run(store.append(log, [Record(seq, data) for seq in seqs]))

    @rule(log=ids, before=st.integers(0, 20))
    def trim(self, log: str, before: int) -> None:
        for store in (self.memory, self.sqlite):
            self.run(store.trim(log, before))

    @rule(log=ids)
    def drop(self, log: str) -> None:
        for store in (self.memory, self.sqlite):
            self.run(store.drop(log))

    @rule(log=ids, after=st.integers(0, 20), limit=st.integers(0, 5))
    def read(self, log: str, after: int, limit: int) -> None:
        expected, found = (self.run(store.read(log, after, limit)) for store in (self.memory, self.sqlite))
        assert found == expected

    @rule()
    def reopen(self) -> None:
        self.run(self.sqlite.close())
        self.sqlite = make_sqlite(self.folder)
        self.run(self.sqlite.open())

    @invariant()
    def hold_the_same(self) -> None:
        for kind in ("activity", "activity.note", "server"):
            assert self.run(self.sqlite.all(kind)) == self.run(self.memory.all(kind))
        assert self.run(self.sqlite.journal()) == self.run(self.memory.journal())


TestBothStores = BothStores.TestCase
TestBothStores.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
