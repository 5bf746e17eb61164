"""The one rule of concurrent writes: a put that expects a revision is written over that revision only."""

from monitor.store.contract import Put, RevisionConflict


def check_revision(put: Put, stored: int) -> None:
    """Raise RevisionConflict unless the stored revision (0 = there is none) is the one the put expects."""
    if put.expects is None or put.expects == stored:
        return
    what = f"{put.kind} {put.id}"
    if put.expects == 0:
        raise RevisionConflict(f"{what} is there already, at revision {stored}")
    if stored == 0:
        raise RevisionConflict(f"{what} was deleted meanwhile; revision {put.expects} was expected")
    raise RevisionConflict(f"{what} was changed meanwhile: it is at revision {stored}, not {put.expects}")
