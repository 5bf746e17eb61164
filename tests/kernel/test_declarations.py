"""Fields, standard operations and the registry: what is derived from a declaration, and what is no declaration."""

from typing import Annotated, Any, get_args, get_origin

import msgspec
import pytest
from msgspec import UNSET, Struct

from monitor.everything import everything
from monitor.kernel.fields import has_mark, mark_of, replace_marked, struct_hints
from monitor.kernel.marks import SECRET, refers_to, shown
from monitor.kernel.operation import Kind, Query, tag_of
from monitor.kernel.permission import Level
from monitor.kernel.registry import Registry
from monitor.kernel.resource import ColumnKind, Resource, ResourceType
from monitor.kernel.standard import partial, standard_operations


class Inner(Struct, frozen=True, kw_only=True):
    name: str
    value: Annotated[str | None, SECRET] = None


class Other(Struct, frozen=True, kw_only=True, tag=True):
    server: Annotated[str, refers_to("server", Level.EXECUTE), shown("Server")] = ""


class Config(Struct, frozen=True, kw_only=True):
    text: str
    one: Inner | None = None
    many: tuple[Inner, ...] = ()
    nested: tuple[tuple[Inner, ...], ...] = ()
    other: Other | None = None
    top: Annotated[str | None, SECRET] = None


class Info(Struct, frozen=True, kw_only=True):
    note: str = ""


KIND: ResourceType[Config, Info, Any] = ResourceType(
    name="kind", plural="kinds", title="Kind", config=Config, info=Info
)


def test_marked_fields_are_found_wherever_they_are_and_called_by_name() -> None:
    config = Config(
        text="x",
        one=Inner(name="a", value="1"),
        many=(Inner(name="b", value="2"), Inner(name="c")),
        nested=((Inner(name="d", value="4"),),),
        top="5",
    )
    seen: dict[str, Any] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        seen[path] = value
        return None

    masked = replace_marked(config, "secret", note)
    assert seen == {
        "one.value": "1",
        "many[b].value": "2",
        "many[c].value": None,
        "nested[0][d].value": "4",
        "top": "5",
    }
    assert masked.one == Inner(name="a")
    assert masked.nested == ((Inner(name="d"),),)
    assert masked.text == "x"


def test_what_has_nothing_marked_is_not_copied() -> None:
    config = Config(text="x", many=(Inner(name="a", value="1"),))
    assert replace_marked(config, "secret", lambda mark, value, path: value) is config
    assert replace_marked(config, "no such mark", lambda mark, value, path: "other") is config


def test_unset_is_left_alone() -> None:
    update = partial(KIND)()
    assert replace_marked(update, "secret", lambda mark, value, path: "x") is update
    assert update.text is UNSET
    assert msgspec.json.encode(update) == b"{}"


def test_marks_are_read_through_unions_and_annotations() -> None:
    assert has_mark(Config, "refers_to")
    assert not has_mark(Info, "secret")
    assert mark_of(msgspec.structs.fields(Other)[0].type, "refers_to") == {"type": "server", "needs": "execute"}


def test_every_type_has_the_standard_operations() -> None:
    operations = standard_operations(KIND)
    assert list(operations) == ["create", "list", "get", "update", "delete"]
    assert [tag_of(o) for o in operations.values()] == [f"kind.{verb}" for verb in operations]
    assert operations["create"].kind is Kind.EDIT
    assert "config" in operations["create"].__struct_fields__
    assert standard_operations(KIND) is operations


def test_routes_follow_from_names() -> None:
    registry = Registry([KIND])
    assert {n: registry.route(n) for n in registry.operations} == {
        "kind.create": ("POST", "/kinds"),
        "kind.list": ("GET", "/kinds"),
        "kind.get": ("GET", "/kinds/{target}"),
        "kind.update": ("PATCH", "/kinds/{target}"),
        "kind.delete": ("DELETE", "/kinds/{target}"),
    }
    assert list(registry.streams) == ["kind.changes"]
    assert registry.type_of("kind.get") is KIND
    assert registry.type_of("user.get") is None


def test_no_two_operations_share_a_route() -> None:
    registry = everything()
    routes = [registry.route(n) for n, o in registry.operations.items() if o.routed]
    assert len(routes) == len(set(routes))
    assert all(path.startswith("/") for _, path in routes)


def test_a_name_is_declared_once_and_under_its_own_type() -> None:
    class Twin(Query[str], frozen=True, kw_only=True, tag="kind.get"):
        pass

    class Stray(Query[str], frozen=True, kw_only=True, tag="other.look"):
        pass

    class Untagged(Query[str], frozen=True, kw_only=True):
        pass

    with pytest.raises(ValueError, match="declared twice"):
        Registry([KIND, KIND])
    with pytest.raises(ValueError, match=r"kind\.get is declared twice"):
        Registry([KIND], [Twin])
    stray: ResourceType[Config, Info, Any] = ResourceType(
        name="kind", plural="kinds", title="Kind", config=Config, info=Info, operations=(Stray,)
    )
    with pytest.raises(ValueError, match=r"other\.look is listed under kind"):
        Registry([stray])
    with pytest.raises(TypeError, match="needs tag="):
        Registry([KIND], [Untagged])


@pytest.mark.parametrize("level", Level)
def test_levels_include_those_before_them(level: Level) -> None:
    order = [Level.NONE, Level.READ, Level.EXECUTE, Level.WRITE]
    assert [level.covers(other) for other in order] == [order.index(level) >= n for n in range(4)]


def test_every_secret_of_a_config_can_be_null() -> None:
    """It is what stands in its place when it is stored and shown."""
    for type in everything().types.values():
        for struct, field in secrets(type.config):
            assert type_takes_none(field.type), f"{struct.__name__}.{field.name}"


TYPES = tuple(everything().types.values())


@pytest.mark.parametrize("type", TYPES, ids=[t.name for t in TYPES])
def test_every_field_people_set_has_a_label_and_a_sentence(type: Any) -> None:
    """Those of lists and parts too; a group on each field of the config itself."""
    for struct, field in marked(type.config):
        schema = field_schema(struct, field.name)
        where = f"{struct.__name__}.{field.name}"
        assert schema.get("x-label"), where
        assert schema.get("description"), where
        assert struct is not type.config or schema.get("x-group"), where


@pytest.mark.parametrize("type", TYPES, ids=[t.name for t in TYPES])
def test_every_column_leads_somewhere(type: Any) -> None:
    own = Resource[type.config, type.info, type.status]
    for column in type.columns:
        hint: Any = own
        for part in column.path.split("."):
            hint = struct_hints_of(hint)[part]
        assert (mark_of(hint, "refers_to") is not None) == (column.kind is ColumnKind.REFERENCE), column.path
    assert type.help


def test_what_destroys_says_so() -> None:
    operations = everything().operations
    dangerous = {name for name, o in operations.items() if o.danger}
    assert dangerous >= {f"{t.name}.delete" for t in TYPES} | {"deployment.remove"}
    assert not {"deployment.stop", "deployment.deploy", "build.run"} & dangerous


def struct_hints_of(hint: Any) -> dict[str, Any]:
    """Fields of a struct, of a generic one too, or of the structs of a union."""
    if get_origin(hint) is Resource:
        config, info, status = get_args(hint)
        return {**struct_hints(Resource), "config": config, "info": info, "status": status}
    return {name: inner for part in parts(hint) for name, inner in struct_hints(part).items()}


def marked(struct: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for field in msgspec.structs.fields(struct):
        found.append((struct, field))
        for part in parts(field.type):
            found += marked(part)
    return found


def field_schema(struct: Any, name: str) -> dict[str, Any]:
    schema = msgspec.json.schema(struct)
    return schema["$defs"][struct.__name__]["properties"][name]


def secrets(struct: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for field in msgspec.structs.fields(struct):
        if mark_of(field.type, "secret") is not None:
            found.append((struct, field))
        for part in parts(field.type):
            found += secrets(part)
    return found


def parts(hint: Any) -> list[Any]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [part for inner in get_args(hint) for part in parts(inner)]


def type_takes_none(hint: Any) -> bool:
    msgspec.convert(None, hint)
    return True
