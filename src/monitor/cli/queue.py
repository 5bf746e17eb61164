"""Queue: what runs and what waits for its turn, by the server it is on, in the order it comes; also live."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from monitor.cli.names import names_of
from monitor.cli.pages import all_pages
from monitor.cli.show import show_json, table
from monitor.cli.waits import Waits
from monitor.cli.watch import redraw, watch_json
from monitor.cli.words import ago, place
from monitor.features.activity.spec import ListActivity, WatchActivity
from monitor.kernel.activity import BUILDER, Activity, State
from monitor.kernel.clock import SystemClock
from monitor.kernel.registry import Registry
from monitor.kernel.standard import standard_operations

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_HEADINGS = ("Id", "Turn", "Operation", "On", "Server", "Who", "Since", "Waits")
_OPEN = (State.QUEUED, State.RUNNING)


def show_queue(client: "Client", args: argparse.Namespace, registry: Registry) -> None:
    """Once, or until Ctrl-C."""
    server = _id_of(client, registry, args.server) if args.server else ""
    view = _View(client, registry, server)
    if args.continued and args.json:
        watch_json(client.subscribe(WatchActivity()))
        return
    if args.continued:
        view.watch()
        return
    found = in_order(all_pages(client, ListActivity(state=_OPEN)).items, server)
    if args.json:
        show_json(found)
    elif found:
        table(_HEADINGS, view.rows(found))
    else:
        sys.stderr.write("nothing runs and nothing waits\n")


def in_order(activities: Iterable[Activity], server: str = "") -> list[Activity]:
    """Those that are open, of one server or all: by server, what runs first, then what waits, by its place."""
    found = [a for a in activities if not a.state.ended and server in ("", server_of(a))]
    return sorted(found, key=lambda a: (server_of(a), a.state is State.QUEUED, a.turn.place if a.turn else 0, a.id))


def server_of(activity: Activity) -> str:
    """Id of the server it is or will be done on, as far as that is known by now: a build's builder is."""
    if activity.turn is not None and activity.turn.lane == BUILDER:
        return activity.turn.id
    return activity.server


def rows_of(activities: Sequence[Activity], servers: Mapping[str, str]) -> list[list[str]]:
    """A line of the table for each."""
    now = SystemClock().now()
    return [
        [
            activity.id,
            _turn(activity),
            activity.operation,
            activity.what.name if activity.what else "",
            servers.get(server_of(activity), server_of(activity)),
            activity.who.name,
            ago(activity.started or activity.created, now),
            f"for {activity.waiting_for}" if activity.waiting_for else "",
        ]
        for activity in activities
    ]


def _turn(activity: Activity) -> str:
    """`2nd of 5 on its builder`, or what step runs."""
    if activity.state is State.QUEUED:
        return place(activity.turn) if activity.turn else activity.state.value
    step = activity.steps[-1].name if activity.steps else ""
    ending = "being cancelled" if activity.cancel_requested else activity.state.value
    return f"{ending}: {step}" if step else ending


class _View:
    """Knows the servers' names once they were asked for."""

    def __init__(self, client: "Client", registry: Registry, server: str) -> None:
        self._client = client
        self._registry = registry
        self._server = server
        self._waits = Waits(client)
        self._servers: dict[str, str] = {}

    def rows(self, activities: Sequence[Activity]) -> list[list[str]]:
        unknown = {id for activity in activities if (id := server_of(activity))} - self._servers.keys()
        if unknown:
            got = names_of(self._client, standard_operations(self._registry.types["server"]), unknown)
            self._servers |= {id: got.get(id, id) for id in unknown}
        return rows_of([self._waits.named(activity) for activity in activities], self._servers)

    def watch(self) -> None:
        known: dict[str, Activity] = {}

        def changed(activity: Activity | None, key: str) -> tuple[Sequence[str], list[list[str]]]:
            if activity is None or activity.state.ended:
                known.pop(key, None)
            else:
                known[key] = activity
            return _HEADINGS, self.rows(in_order(known.values(), self._server))

        redraw(changed(item.data, item.key) for item in self._client.subscribe(WatchActivity()))


def _id_of(client: "Client", registry: Registry, name: str) -> str:
    get = standard_operations(registry.types["server"])["get"]
    id: str = client.run(get(target=name)).id
    return id
