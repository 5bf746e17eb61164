"""What happens to a config people send before it is stored: references resolved, rules and powers checked, secrets
sealed."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from monitor.core.caller import Caller
from monitor.core.catalog import Record, Sealed, SetBy, Stored
from monitor.core.parts import Parts
from monitor.kernel.errors import Conflict, FieldError, Forbidden, Invalid
from monitor.kernel.fields import replace_marked, struct_fields, values_of_mark
from monitor.kernel.marks import needed_by
from monitor.kernel.operation import Needs
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.resource import Behaviour

_MOST_SEALED = 180_000
"""Characters of all sealed values: each secret is looked for, in many spellings, in every byte of output."""
_FORMER = 20
"""How many values a secret had before are still kept out of logs."""


def resolve(parts: Parts, caller: Caller, config: Any, known: dict[str, str]) -> Any:
    """Names to ids; Invalid names a field whose resource is absent or unknown to the caller.

    `known` holds ids the stored config refers to already: naming those again needs no right.
    """

    def to_id(mark: Any, value: Any, path: str) -> Any:
        if value is None:
            return None
        found = parts.catalog.find(mark["type"], value)
        field = f"config.{path}"
        readable = found is not None and parts.permit.readable(caller, found.type, found.id)
        # By its name a thing is known only to who may read it; its id stands in the config he reads.
        if found is None or not (readable or (found.id in known and value == found.id)):
            raise Invalid.field(field, f"there is no {mark['type']} {_short(value)}")
        if found.id in known:
            return found.id
        needs = needed_by(mark)
        if not parts.permit.may(caller, needs, found.type, found.id):
            raise Forbidden(
                f"{field}: {needs.value} on {mark['type']} {found.stored.name} is needed to use it here",
                (FieldError(field, "not allowed"),),
            )
        return found.id

    return replace_marked(config, "refers_to", to_id)


def check(parts: Parts, caller: Caller, behaviour: "Behaviour[Any, Any, Any]", old: Record | None, config: Any) -> None:
    """The type's own rules, and the right to every host power the new config holds; that to the old one's powers is
    asked of every write before its handler.
    """
    hooks = behaviour.hooks
    if hooks.validate is not None:
        hooks.validate(old.stored.config if old else None, config)
    check_powers(parts, caller, behaviour, config)


def check_powers(parts: Parts, caller: Caller, behaviour: "Behaviour[Any, Any, Any]", config: Any) -> None:
    """Forbidden, naming them, unless the caller holds every host power the config asks for on its server."""
    powers = powers_of(behaviour, config)
    if not powers or behaviour.hooks.server_of is None:
        return
    require(parts, caller, behaviour.hooks.server_of(config), powers, "this config")


def require(parts: Parts, caller: Caller, server: str, powers: frozenset[HostPower], what: str) -> None:
    """Forbidden, naming them, unless the caller holds these host powers on the server."""
    missing = sorted(p.value for p in powers - parts.permit.powers(caller, server))
    if missing:
        found = parts.catalog.get("server", server)
        named = found is not None and parts.permit.readable(caller, "server", server)
        name = f"server {found.stored.name}" if found and named else "its server"
        raise Forbidden(
            f"{what} holds host powers you do not have on {name}: {', '.join(missing)}",
            hint="An admin can grant them, or use named volumes and Docker's defaults instead.",
        )


def check_free(parts: Parts, type: str, name: str) -> None:
    """Conflict when a resource of the type has the name already."""
    if parts.catalog.find(type, name) is not None:
        message = f"there is a {type} called {name} already"
        raise Conflict(message, (FieldError("name", message),))


def runs_code(needs: Needs) -> bool:
    """Whether it lets one run any code in a container: then the host powers of that one's config are needed too."""
    return needs in (Level.WRITE, Right.TERMINAL)


def powers_of(behaviour: "Behaviour[Any, Any, Any]", config: Any) -> frozenset[HostPower]:
    """Host powers a config asks for."""
    return behaviour.hooks.powers(config) if behaviour.hooks.powers else frozenset()


def seal(parts: Parts, id: str, config: Any, old: tuple[Sealed, ...]) -> tuple[Any, tuple[Sealed, ...]]:
    """The config with null in place of its secrets, and those sealed; a null keeps the old one at the same place."""
    known = {one.path: one for one in old}
    kept: list[Sealed] = []

    def put_away(mark: Any, value: Any, path: str) -> Any:
        if value is not None:
            kept.append(Sealed(path, parts.seal.seal(value, id)))
        elif path in known:
            kept.append(known[path])
        elif "[" in path:  # an item of a list is there for its secret; elsewhere there may be none
            raise Invalid.field(f"config.{path}", "a secret needs a value; there is none stored to keep")

    masked = replace_marked(config, "secret", put_away)
    if sum(len(one.value) for one in kept) > _MOST_SEALED:
        raise Invalid.field(f"config.{kept[-1].path}", "all secrets together are too large; keep them below 128 KiB")
    return masked, tuple(kept)


def reveal(parts: Parts, stored: Stored[Any], revealed: list[str]) -> Any:
    """The config with its secrets in clear; each value, and each former one, is added to `revealed`."""
    sealed = {one.path: one.value for one in stored.sealed}
    before = len(revealed)

    def opened(mark: Any, value: Any, path: str) -> Any:
        if path not in sealed:
            return None
        plain = parts.seal.open(sealed[path], stored.id)
        revealed.append(plain)
        return plain

    config = replace_marked(stored.config, "secret", opened)
    revealed += [parts.seal.open(value, stored.id) for value in stored.former]
    # A former value does not say which field it was in; of a text that is none, the parts are none that matter.
    marks = values_of_mark(config.__class__, "secret")
    parted = cast("list[Callable[[str], Iterable[str]]]", [mark for mark in marks if callable(mark)])
    texts = revealed[before:]
    revealed += [part for made_of in parted for text in texts for part in made_of(text)]
    return config


def former(old: Stored[Any], sealed: tuple[Sealed, ...]) -> tuple[str, ...]:
    """The old values that are none of the new ones any more, before those of longer ago."""
    gone = [one.value for one in old.sealed if one not in sealed]
    kept = (*gone, *old.former)[:_FORMER]
    return tuple(value for at, value in enumerate(kept) if sum(map(len, kept[: at + 1])) <= _MOST_SEALED)


def set_by(caller: Caller, old: Stored[Any] | None, config: Any) -> tuple[SetBy, ...]:
    """Who stands for each field marked STANDING: whoever last changed any of them; of one that says nothing, nobody.

    Any: else somebody could have another do, as him, what he did not mean.
    """
    before = {one.field: one for one in old.set_by} if old else {}
    found: list[SetBy] = []
    same = old is not None and _standing(old.config) == _standing(config)

    def note(mark: Any, value: Any, path: str) -> Any:
        if value != _default(config, path) and not (same and path not in before):
            found.append(before[path] if same else SetBy(path, caller.who))
        return value

    replace_marked(config, "standing", note)
    return tuple(found)


def _standing(config: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        found[path] = value
        return value

    replace_marked(config, "standing", note)
    return found


def _default(config: Any, field: str) -> Any:
    return next(f.default for f in struct_fields(config.__class__) if f.name == field)


def _short(value: str) -> str:
    return repr(value if len(value) <= 80 else value[:77] + "...")
