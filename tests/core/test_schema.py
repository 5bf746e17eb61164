"""Core's OpenAPI document held against core itself, over a socket: schemathesis asks all that it allows, and more."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from monitor.core.openapi import document
from monitor.everything import everything
from tests.core.served import Served, served_core

REGISTRY = everything()
LONGEST = 60_000
"""Characters of a query: of a longer address the parser of HTTP says that it is none, before core sees it."""


def no_bug(context: Any, response: Any, case: Any) -> None:
    """502 and 503 are said of hosts; 500 is a bug."""
    assert response.status_code != 500, response.text


CHECKS = [
    no_bug,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
    unsupported_method,
]
BOUNDED = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_core(tmp_path_factory.mktemp("served")) as made:
        yield made


@cache
def schema_at(url: str) -> Any:
    """The document, as of a core that serves there: read once, it keeps what it worked out."""
    schema = schemathesis.openapi.from_dict(document(REGISTRY))
    schema.config.update(base_url=url)
    return schema


def of_operation(name: str, url: str) -> Any:
    """One operation of the document."""
    method, path = REGISTRY.route(name)
    return schema_at(url)[f"/api{path}"][method]


ROUTED = [n for n, o in REGISTRY.operations.items() if o.routed]
TAKING_NOTHING = ("session.welcome", "session.me", "user.list", "key.list", "type.list")
ASKED = [(n, GenerationMode.POSITIVE) for n in ROUTED]
ASKED += [(n, GenerationMode.NEGATIVE) for n in ROUTED if n not in TAKING_NOTHING]


@pytest.mark.parametrize(("name", "mode"), ASKED, ids=[f"{n}-{m.value}" for n, m in ASKED])
def test_operation(served: Served, name: str, mode: GenerationMode) -> None:
    operation = of_operation(name, served.url)
    headers = {"Authorization": f"Bearer {served.key()}"}
    target = served.known.get(name.partition(".")[0], "")

    large = "config" in REGISTRY.operations[name].__struct_fields__ and mode is GenerationMode.NEGATIVE

    @settings(BOUNDED, max_examples=2 if large else 4)
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def check(case: Any, existing: bool) -> None:
        if existing and target and "target" in (case.path_parameters or {}):
            case.path_parameters["target"] = quote(target)
        if "wait" in (case.query or {}) and mode is GenerationMode.POSITIVE:
            case.query["wait"] = 0  # what is asked for is not waited for
        assume(len(urlencode(case.query or {}, doseq=True)) < LONGEST)
        case.call_and_validate(headers=headers, checks=CHECKS)

    check()
