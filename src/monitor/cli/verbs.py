"""Verbs: what one can type after a group's name, found from the declarations."""

from dataclasses import dataclass
from typing import Any

from monitor.cli.flags import Flag, flags_of
from monitor.kernel.operation import Kind, Operation
from monitor.kernel.registry import Registry
from monitor.kernel.stream import Stream, StreamKind

NOT_OFFERED = {"session.sign_in", "session.sign_out", "session.set_up"}
"""What `monitor login` and `monitor logout` do instead: their answers are cookies, for browsers."""

_FILE = "_file"
"""`log_file` answers as a file what `log` answers as JSON: one verb for people."""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One command of a group: an operation, a topic, or an operation with the topic that continues it live."""

    group: str
    word: str
    operation: type[Operation[Any]] | None = None
    stream: type[Stream[Any]] | None = None
    file: type[Operation[Any]] | None = None
    """The operation that answers the same as a file: what people are shown of a log."""
    flags: tuple[Flag, ...] = ()

    @property
    def asked(self) -> type[Any]:
        """What is asked for first."""
        asked = self.operation or self.stream
        if asked is None:
            raise TypeError(f"{self.group} {self.word} stands for nothing")
        return asked

    @property
    def targeted(self) -> bool:
        """Whether it is about one thing, named first."""
        return self.asked.targeted

    @property
    def action(self) -> bool:
        """Whether it works on a host and can be followed."""
        return self.operation is not None and self.operation.kind is Kind.ACTION

    @property
    def attended(self) -> bool:
        """Whether somebody sits in front of it as long as it goes on."""
        return self.operation is not None and self.operation.attended

    @property
    def asks(self) -> bool:
        """Whether somebody at a terminal is asked before it is done: it takes away what cannot be brought back."""
        return self.operation is not None and (self.operation.method == "DELETE" or self.operation.danger)

    @property
    def continued(self) -> str:
        """The flag that goes on live: `--follow` of a log, `--watch` of a state; empty when there is none."""
        if self.stream is None or self.operation is None:
            return ""
        return "--follow" if self.stream.kind is StreamKind.LOG else "--watch"

    @property
    def help(self) -> str:
        """One or a few sentences, from the declaration."""
        return " ".join((self.asked.__doc__ or "").split())


def groups_of(registry: Registry) -> dict[str, str]:
    """Commands of all groups with what each is about: resource types first, then features."""
    found = {
        _word(name): f"{kept.title}s: list, create, change and what else they do"
        for name, kept in registry.types.items()
    }
    for name in registry.operations:
        group, _, verb = name.partition(".")
        if group not in registry.types and _offered(registry, name):
            word = _word(group)
            found[word] = ", ".join([*([found[word]] if word in found else []), _word(verb)])
    return found


def verbs_of(registry: Registry, command: str) -> list[Verb]:
    """Every verb of a group, in the order of declaration."""
    group = command.replace("-", "_")
    kept = registry.types.get(group)
    config = kept.config if kept else None
    paired: set[str] = set()
    verbs: list[Verb] = []
    for name, operation in registry.operations.items():
        if not name.startswith(f"{group}.") or not _offered(registry, name):
            continue
        stream = _continuation(registry, name)
        paired.add(stream)
        file = registry.operations.get(name + _FILE)
        flags = flags_of(file or operation, config)
        verbs.append(
            Verb(
                group=group,
                word=_word(name.partition(".")[2]),
                operation=operation,
                stream=registry.streams.get(stream),
                file=file,
                flags=flags,
            )
        )
    for name, stream in registry.streams.items():
        if name.startswith(f"{group}.") and name not in paired:
            verbs.append(
                Verb(group=group, word=_word(name.partition(".")[2]), stream=stream, flags=flags_of(stream, None))
            )
    return verbs


def _offered(registry: Registry, name: str) -> bool:
    """Whether people can ask for it: it has a route, and no command of its own."""
    as_file = name.endswith(_FILE) and name.removesuffix(_FILE) in registry.operations
    return bool(registry.route(name)[1]) and name not in NOT_OFFERED and not as_file


def _continuation(registry: Registry, name: str) -> str:
    """The topic that shows live what a query answers: `follow_log` of `log`, `changes` or `watch` of `list`."""
    group, _, verb = name.partition(".")
    candidates = [f"{group}.follow_{verb}", f"{group}.watch_{verb}"]
    if verb == "list":
        candidates += [f"{group}.changes", f"{group}.watch"]
    return next((found for found in candidates if found in registry.streams), "")


def _word(verb: str) -> str:
    return "ls" if verb == "list" else verb.replace("_", "-")
