"""Each type's example.toml: decoded as people's input is, and every field of the config stands in it."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from msgspec.structs import fields

from monitor.kernel.standard import AnyType
from monitor.kernel.wire import from_user
from monitor.resources import TYPES


def example(type: AnyType) -> dict[str, Any]:
    return tomllib.loads((files("monitor.resources") / type.name / "example.toml").read_text())


@pytest.mark.parametrize("type", TYPES, ids=[t.name for t in TYPES])
def test_it_is_a_config_with_every_field(type: AnyType) -> None:
    given = example(type)
    from_user(given, type.config)
    assert set(given) == {field.name for field in fields(type.config)}
