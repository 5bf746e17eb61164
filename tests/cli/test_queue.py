"""The queue on a command line: who is where in which line."""

from datetime import UTC, datetime

from monitor.cli.exits import Exit
from monitor.cli.queue import in_order, rows_of
from monitor.kernel.activity import BUILDER, Activity, State, Step, Turn, What, Who
from tests.cli.conftest import Run

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def build(id: str, state: State = State.QUEUED, place: int = 0, server: str = "ci", **more: object) -> Activity:
    return Activity(
        id=id,
        operation="build.run",
        who=Who("user", "u", "ana"),
        what=What("build", f"b-{id}", f"shop-{id}"),
        origin="cli",
        state=state,
        created=NOW,
        turn=Turn(BUILDER, server, place, 2) if place else None,
        server="" if place else server,
        **more,  # pyright: ignore[reportArgumentType] - fields of an activity
    )


def test_what_runs_stands_before_what_waits_in_the_order_of_their_turn() -> None:
    given = [
        build("4", place=1, server="other"),
        build("3", place=2, waiting_for="build.run shop-1"),
        build("2", place=1),
        build("1", State.RUNNING, steps=(Step("build", NOW),)),
        build("0", State.SUCCEEDED),
    ]
    assert [activity.id for activity in in_order(given, "ci")] == ["1", "2", "3"]
    rows = rows_of(in_order(given), {"ci": "builder-1"})
    assert [[row[0], row[1], row[3], row[4], row[7]] for row in rows] == [
        ["1", "running: build", "shop-1", "builder-1", ""],
        ["2", "1st of 2 on its builder", "shop-2", "builder-1", ""],
        ["3", "2nd of 2 on its builder", "shop-3", "builder-1", "for build.run shop-1"],
        ["4", "1st of 2 on its builder", "shop-4", "other", ""],
    ]


def test_the_queue_is_asked_for(monitor: Run) -> None:
    empty = monitor("activity", "queue")
    assert (empty.code, empty.out, empty.err) == (Exit.DONE, "", "nothing runs and nothing waits\n")
    assert monitor("activity", "queue", "--server", "alpha", "--json").out == "[]\n"
    assert monitor("activity", "queue", "--server", "nowhere").code == Exit.REFUSED
