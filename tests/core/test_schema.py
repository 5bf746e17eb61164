"""Core's OpenAPI document held against core itself, over a socket: schemathesis asks all that it allows, and more."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
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

from monitor.core.journal import INDEXES
from monitor.core.openapi import document
from monitor.everything import everything
from monitor.features.users.spec import CreateUser
from monitor.kernel.clock import SystemClock
from monitor.resources.deployment.spec import Deploy
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from tests.core.world import World

REGISTRY = everything()
PASSWORD = "correct horse battery"


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


class Served:
    """A core with one of everything, on a port of this machine, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ready = threading.Event()
        self.known: dict[str, str] = {"server": "host", "build": "app", "deployment": "web", "user": "victim"}
        self._folder = folder
        self.server: uvicorn.Server | None = None
        self.thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self.thread.start()
        assert self.ready.wait(20)
        self.boss = httpx2.Client(base_url=self.url, headers={"Origin": self.url})
        self.boss.post("/api/login", json={"name": "boss", "password": PASSWORD}).raise_for_status()

    def key(self) -> str:
        """A fresh key of an admin."""
        return self.boss.post("/api/keys", json={"name": "schema"}).raise_for_status().json()["secret"]

    def stop(self) -> None:
        self.boss.close()
        assert self.server is not None
        self.server.should_exit = True
        self.thread.join(20)
        self.listener.close()

    async def _serve(self) -> None:
        clock = SystemClock()
        app = CoreInProcess(MemoryStore(INDEXES), clock, self._folder)
        await app.start()
        await app.server("host")
        app.simulated("host").images.add("web:1")
        world = World(app, ManualClock())
        await app.run(CreateUser(name="boss", password=PASSWORD, admin=True))
        await app.run(CreateUser(name="victim", password=PASSWORD))
        await world.build("app")
        await world.deployment("web", stable_for=0.0)
        self.known["activity"] = (await app.run(Deploy(target="web"))).id
        config = uvicorn.Config(app.core.application(), log_config=None, access_log=False, lifespan="off")
        self.server = uvicorn.Server(config)
        self.ready.set()
        await self.server.serve(sockets=[self.listener])
        await app.stop()
        await app.simulated("host").end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("served"))
    yield made
    made.stop()


def of_operation(name: str, url: str) -> Any:
    """One operation of the document."""
    schema = schemathesis.openapi.from_dict(document(REGISTRY))
    schema.config.update(base_url=url)
    method, path = REGISTRY.route(name)
    return schema[f"/api{path}"][method]


ROUTED = [n for n, o in REGISTRY.operations.items() if o.routed]
TAKING_NOTHING = ("session.welcome", "session.me", "user.list", "key.list", "type.list")
ASKED = [(n, GenerationMode.POSITIVE) for n in ROUTED]
ASKED += [(n, GenerationMode.NEGATIVE) for n in ROUTED if n not in TAKING_NOTHING]


@pytest.mark.parametrize(("name", "mode"), ASKED, ids=[f"{n}-{m.value}" for n, m in ASKED])
def test_operation(served: Served, name: str, mode: GenerationMode) -> None:
    operation = of_operation(name, served.url)
    headers = {"Authorization": f"Bearer {served.key()}"}
    target = served.known.get(name.partition(".")[0], "")

    @BOUNDED
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def check(case: Any, existing: bool) -> None:
        if existing and target and "target" in (case.path_parameters or {}):
            case.path_parameters["target"] = quote(target)
        if "wait" in (case.query or {}) and mode is GenerationMode.POSITIVE:
            case.query["wait"] = 0  # what is asked for is not waited for
        case.call_and_validate(headers=headers, checks=CHECKS)

    check()
