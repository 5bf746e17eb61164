"""One derived command carried out: ask core, then show the answer, follow the action or watch the topic."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from monitor.cli import follow, log, profiles, queue, watch
from monitor.cli.alerted import LiveAlerts, alerts_beside, can_have_alerts, going_alerts
from monitor.cli.exits import Exit
from monitor.cli.inputs import in_flags, operation_from, stream_from
from monitor.cli.names import names_for
from monitor.cli.pages import all_pages
from monitor.cli.record import show_activity
from monitor.cli.show import show, show_json, show_rows
from monitor.cli.sources import Sources, can_ask, confirm
from monitor.cli.verbs import Verb
from monitor.cli.waits import Waits
from monitor.cli.words import plain
from monitor.client.answers import event_type
from monitor.features.activity.spec import GetActivity
from monitor.features.alerts.spec import WatchAlerts
from monitor.kernel.activity import Activity
from monitor.kernel.errors import Invalid
from monitor.kernel.operation import StepInfo
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Column, Page, Resource

if TYPE_CHECKING:
    from monitor.client.blocking import Client

_DONE = {"create": "created", "update": "updated", "copy": "copied", "adopt": "adopted"}
"""Verbs whose answer is what they made, in a word."""


def connect(args: Namespace, registry: Registry) -> "Client":
    """A client of the core this command is about."""
    from monitor.client.blocking import Client  # noqa: PLC0415 - the HTTP client is not loaded for --help

    profile = profiles.chosen(getattr(args, "profile", None), getattr(args, "url", None))
    return Client(profile.url, key=profile.key, ca=profile.ca, agent="monitor-cli", registry=registry)


def run_verb(verb: Verb, args: Namespace, registry: Registry) -> int:
    """Do it; the exit code."""
    try:
        if verb.file is not None and not args.json:
            return log.show_log(verb, args, lambda: connect(args, registry))
        if verb.operation is None or getattr(args, "continued", False):
            return _watch(verb, args, registry)
        asked = operation_from(verb.operation, verb.flags, args, Sources())
        if verb.asks and not args.yes and can_ask() and not _agreed(verb, asked, args, registry):
            return Exit.DETACHED
        with connect(args, registry) as client:
            answer = all_pages(client, asked) if getattr(args, "all", False) else client.run(asked)
            return _finish(verb, args, client, answer, registry)
    except Invalid as wrong:
        raise in_flags(wrong, verb.flags) from None


def _agreed(verb: Verb, asked: Any, args: Namespace, registry: Registry) -> bool:
    """Whether somebody at the terminal says yes, having seen what it would do where that can be told."""
    preview = registry.operations.get(asked.preview)
    if preview is not None:
        fields = {name: getattr(asked, name) for name in preview.__struct_fields__ if hasattr(asked, name)}
        with connect(args, registry) as client:
            show(client.run(preview(**fields)))
        sys.stderr.write(f"{verb.help}\n")
    named = [str(getattr(asked, flag.path[0])) for flag in verb.flags if flag.positional]
    what = " ".join([verb.word.replace("-", " "), *named])
    group = verb.group.replace("_", " ")
    return confirm(f"{what} {group} {asked.target}?" if what == verb.word else f"{group} {asked.target}: {what}?")


def follow_again(args: Namespace, registry: Registry) -> int:
    """Come back to an activity that was left running; the exit code is its outcome."""
    with connect(args, registry) as client:
        activity = client.run(GetActivity(target=args.target))
        return follow.follow(client, activity, _steps(activity, registry), as_json=args.json)


def show_open(args: Namespace, registry: Registry) -> int:
    """What runs and what waits; Ctrl-C ends watching it."""
    with connect(args, registry) as client:
        try:
            queue.show_queue(client, args, registry)
        except KeyboardInterrupt:
            return Exit.DONE
    return Exit.DONE


def columns_of(verb: Verb, registry: Registry) -> tuple[Column, ...]:
    """The columns of the type a list is of."""
    kept = registry.types.get(verb.group)
    return kept.columns if kept and verb.word == "ls" else ()


def _steps(activity: Activity, registry: Registry) -> tuple[StepInfo, ...]:
    """Those of its operation; none of one this version does not know."""
    operation = registry.operations.get(activity.operation)
    return operation.steps if operation else ()


def _finish(verb: Verb, args: Namespace, client: "Client", answer: Any, registry: Registry) -> int:
    if verb.action:
        if args.detach:
            show_json(answer) if args.json else show(answer.id)
            return Exit.DONE
        steps = _steps(answer, registry)
        return follow.follow(client, answer, steps, quiet=args.wait, as_json=args.json)
    if args.json:
        show_json(answer)
    elif verb.word in _DONE and isinstance(answer, Resource):
        show(f"{verb.group} {answer.name} {_DONE[verb.word]} (revision {answer.revision})")
        for note in answer.notes:
            sys.stderr.write(f"note: {plain(note)}\n")
    elif answer is None:
        show(f"{verb.word.replace('-', ' ')}: done")
    elif isinstance(answer, Activity):
        show_activity(Waits(client).named(answer))
    elif isinstance(answer, tuple):
        rows: tuple[Any, ...] = answer  # pyright: ignore[reportUnknownVariableType] - of whatever was asked for
        alerts = alerts_beside(client, verb.group, getattr(args, "target", ""), rows)
        show_rows(rows, columns_of(verb, registry), names_for(client, registry, rows), alerts)
    elif isinstance(answer, Page):
        page: Page[Any] = answer  # pyright: ignore[reportUnknownVariableType] - of whatever was asked for
        show(page, columns_of(verb, registry), alerts_beside(client, verb.group, "", page.items))
    else:
        show(answer, columns_of(verb, registry))
    return Exit.DONE


def _watch(verb: Verb, args: Namespace, registry: Registry) -> int:
    topic: Any = stream_from(verb.stream or verb.asked, verb.flags, args, Sources())
    with connect(args, registry) as client:
        try:
            if args.json:
                watch.watch_json(client.subscribe(topic))
            elif topic.kind == "log":
                watch.watch_log(client.subscribe(topic))
            elif can_have_alerts(verb.group, event_type(registry, verb.stream or verb.asked)):
                alerts = LiveAlerts(verb.group, topic.target, going_alerts(client))
                watch.watch_state(client.subscribe_all(topic, WatchAlerts()), columns_of(verb, registry), alerts)
            else:
                watch.watch_state(client.subscribe(topic), columns_of(verb, registry))
        except KeyboardInterrupt:
            return Exit.DONE
    return Exit.DONE
