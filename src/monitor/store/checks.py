"""What every backend refuses before it writes or searches, so that none accepts what another could not keep."""

from collections.abc import Sequence

from monitor.kernel.errors import Invalid
from monitor.store.contract import MAX_COMMIT, Delete, Entry, Packed, Put, Record, Where
from monitor.store.keys import check_kind, decode_body

_LARGEST = 2**63 - 1


def check_commit(puts: Sequence[Put], deletes: Sequence[Delete], entry: Entry | None) -> None:
    """Raise unless a commit is well formed; the bodies of puts are decoded (and refused) by `Keys.read`."""
    named: set[tuple[str, str]] = set()
    for one in (*puts, *deletes):
        check_name(one.kind, one.id)
        if (one.kind, one.id) in named:
            raise ValueError(f"a commit names {one.kind} {one.id!r} twice")
        named.add((one.kind, one.id))
    for put in puts:
        if not 1 <= put.revision <= _LARGEST:
            raise ValueError(f"revision {put.revision} of {put.kind} {put.id!r} is not between 1 and {_LARGEST}")
        if put.expects is not None and put.expects < 0:
            raise ValueError(f"{put.kind} {put.id!r} expects revision {put.expects}; it is 0 (none) or more")
    size = sum(len(put.body) for put in puts) + (len(entry.body) if entry else 0)
    if size > MAX_COMMIT:
        raise Invalid(f"{size} bytes in one change is too much; at most {MAX_COMMIT} can be stored at once")
    if entry:
        _check_entry(entry)


def check_name(kind: str, id: str) -> None:
    """Raise unless a document may have this kind and id."""
    check_kind(kind)
    check_text(f"an id of {kind}", id)
    if not id:
        raise ValueError(f"an id of {kind} is empty")


def check_search(where: Sequence[Where], after: str, limit: int) -> None:
    """Raise unless the texts of a search are valid and its limit makes sense."""
    check_page(0, limit)
    check_text("a cursor", after)
    for condition in where:
        bounds = (condition.equals, condition.at_least, condition.below, condition.contains)
        for value in (*bounds, *(condition.among or ())):
            if isinstance(value, str):
                check_text(f"a value for {condition.path}", value)


def check_page(after: int, limit: int) -> None:
    """Raise unless a page of numbered entries can be read: `after` and `limit` from 0."""
    if not 0 <= after <= _LARGEST or not 0 <= limit <= _LARGEST:
        raise ValueError(f"after={after}, limit={limit}: neither may be negative or beyond 64 bits")


def check_log(log: str, records: Sequence[Record] = ()) -> None:
    """Raise unless a log may have this name and these records."""
    check_text("the name of a log", log)
    if not log:
        raise ValueError("the name of a log is empty")
    for record in records:
        if not 1 <= record.seq <= _LARGEST:
            raise ValueError(f"seq {record.seq} in log {log!r} is not between 1 and {_LARGEST}")


def check_blocks(blocks: Sequence[Packed]) -> None:
    """Raise unless blocks may be kept like this."""
    for block in blocks:
        check_entity(block.entity, block.level)
        if not 0 <= block.start <= _LARGEST:
            raise ValueError(f"a block of {block.entity!r} begins at {block.start}")


def check_entity(entity: str, level: int = 0) -> None:
    """Raise unless there may be blocks of this entity and level."""
    check_text("the name of an entity", entity)
    if not entity:
        raise ValueError("the name of an entity is empty")
    if not 0 <= level <= 255:
        raise ValueError(f"a level of {level} is not between 0 and 255")


def check_text(what: str, text: str) -> None:
    """Raise Invalid if `text` cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid(f"{what} holds half of a surrogate pair, which is no character: {text[:80]!a}") from None


def _check_entry(entry: Entry) -> None:
    check_text("an event", entry.event)
    check_text("an activity's id", entry.activity)
    if entry.at.tzinfo is None:
        raise ValueError(f"the time of entry {entry.event!r} has no time zone")
    decode_body(f"entry {entry.event!r}", entry.body)
