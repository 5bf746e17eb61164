"""The matrix tested: each hole that is planted is found, and where there is none, none is."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from monitor.abilities.container.calls import Acted
from monitor.kernel.operation import AnswerHandler
from monitor.kernel.permission import Level, Right
from monitor.kernel.resource import Behaviour
from monitor.kernel.stream import StreamHandler
from monitor.resources.handlers import BEHAVIOURS
from monitor.testing.lab import Lab
from monitor.testing.matrix import Matrix
from monitor.testing.nested import nested
from monitor.testing.samples import CannotMake
from tests.core.world import new_world
from tests.matrix import planted
from tests.matrix.planted import HANDLERS, SOUND, Label, Look, Odd, Ship, Sweep, Watch, configured, handled, having


@asynccontextmanager
async def matrix_of(folder: Path, behaviour: Behaviour[Any, Any, Any]) -> AsyncIterator[Matrix]:
    async with new_world(folder, behaviours=(*BEHAVIOURS, behaviour)) as world:
        yield Matrix(Lab(world.app, world.clock.settle))


async def holes(matrix: Matrix, *names: str) -> str:
    found: list[str] = []
    for name in names:
        ask = matrix.topic if name in matrix.lab.registry.streams else matrix.operation
        found += [str(hole) async for hole in ask(name)]
    return "\n".join(found)


async def test_a_sound_type_has_none(tmp_path: Path) -> None:
    async with matrix_of(tmp_path, SOUND) as matrix:
        mine = [n for n in (*matrix.lab.registry.operations, *matrix.lab.registry.streams) if n.startswith("crate.")]
        assert len(mine) == 11
        assert await holes(matrix, *mine) == ""
        assert [str(h) async for h in nested(matrix.lab)] == []
        assert matrix.misnamed() == []


async def test_an_operation_that_needs_too_little(tmp_path: Path) -> None:
    async with matrix_of(tmp_path, having(Label, AnswerHandler(Label, planted.answer))) as matrix:
        assert "read on it: allowed instead of 403" in await holes(matrix, "crate.label")
    async with matrix_of(tmp_path, having(Sweep, AnswerHandler(Sweep, planted.answer))) as matrix:
        assert "signed in with nothing: allowed instead of 403" in await holes(matrix, "crate.sweep")


async def test_a_handler_that_bypasses(tmp_path: Path) -> None:
    ship, _, watch = HANDLERS
    async with matrix_of(tmp_path, handled(ship, AnswerHandler(Look, planted.tell_of_all), watch)) as matrix:
        assert "of own by inspect and read on it: the answer tells of what may not be read" in await holes(
            matrix, "crate.look"
        )
    async with matrix_of(tmp_path, having(Label, AnswerHandler(Label, planted.touch_all))) as matrix:
        assert "write on it: a foreign resource was changed" in await holes(matrix, "crate.label")


async def test_a_job_that_goes_where_its_target_does_not_point(tmp_path: Path) -> None:
    _, look, watch = HANDLERS
    stray = Ship.by(planted.prepare_elsewhere, planted.settle, result=Acted)  # type: ignore[arg-type] - it reaches into core
    async with matrix_of(tmp_path, handled(stray, look, watch)) as matrix:
        assert "which its target does not name" in await holes(matrix, "crate.ship")


async def test_a_topic_that_leaks(tmp_path: Path) -> None:
    ship, look, _ = HANDLERS
    async with matrix_of(tmp_path, handled(ship, look, StreamHandler(Watch, planted.leak))) as matrix:
        assert "signed in with nothing: the answer tells of what may not be read" in await holes(matrix, "crate.watch")


async def test_a_reference_that_lost_its_mark(tmp_path: Path) -> None:
    class Unmarked(Struct, frozen=True, kw_only=True):
        server: str

    class Renamed(Struct, frozen=True, kw_only=True):
        host: str

    async with matrix_of(tmp_path, configured(Unmarked)) as matrix:
        assert [h.place for h in matrix.misnamed()] == ["server"]
        found = "\n".join([str(h) async for h in nested(matrix.lab)])
        assert "it lives on a server it may not name" in found
        assert "crate.ship of its config by nothing on the server: its job went to a server it may not name" in found


@pytest.mark.parametrize("right", [Right.INSPECT])
async def test_a_permit_that_is_lax_for_one_right(tmp_path: Path, right: Right) -> None:
    async with matrix_of(tmp_path, SOUND) as matrix:
        permit: Any = matrix.lab.app.core.parts.permit
        strict: Callable[..., bool] = permit.right
        permit.right = lambda caller, asked, *place: asked is right or strict(caller, asked, *place)
        found = await holes(matrix, "crate.look")
        assert "by read on it: allowed instead of 403" in found
        assert "by write and all but inspect on it: allowed instead of 403" in found


async def test_a_permit_that_is_lax_about_levels(tmp_path: Path) -> None:
    async with matrix_of(tmp_path, SOUND) as matrix:
        permit: Any = matrix.lab.app.core.parts.permit
        strict: Callable[..., Level] = permit.level
        permit.level = lambda *asked: Level.EXECUTE if strict(*asked) is Level.READ else strict(*asked)
        assert "by read on it: allowed instead of 403" in await holes(matrix, "crate.ship")
    async with matrix_of(tmp_path, SOUND) as matrix:
        permit = matrix.lab.app.core.parts.permit
        permit.readable = lambda caller, *place: caller.admin or bool(caller.user)
        found = await holes(matrix, "crate.get", "crate.list")
        assert "crate.get of foreign by signed in with nothing: 403 instead of 404" in found
        assert "crate.list of type by signed in with nothing: the answer tells of what may not be read" in found


async def test_a_dispatcher_that_forgets_to_ask(tmp_path: Path) -> None:
    async with matrix_of(tmp_path, SOUND) as matrix:
        dispatcher: Any = matrix.lab.app.core.dispatcher
        dispatcher.permit = lambda caller, op, record: None
        found = await holes(matrix, "crate.delete", "user.create")
        assert "crate.delete of own by read on it: allowed instead of 403" in found
        assert "user.create of type by signed in with nothing: allowed instead of 403" in found


async def test_a_check_of_references_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(parts: Any, caller: Any, config: Any, known: Any) -> Any:
        return config

    monkeypatch.setattr("monitor.core.config.resolve", trusting)
    async with matrix_of(tmp_path, SOUND) as matrix:
        found = "\n".join([str(h) async for h in nested(matrix.lab)])
        assert "crate.create of create naming server by id by none on it: allowed instead of unknown" in found
        assert "deployment.update of update naming image.build by id by none on it: allowed instead of unknown" in found


async def test_parameters_nobody_can_make_up_fail(tmp_path: Path) -> None:
    async with matrix_of(tmp_path, having(Odd, AnswerHandler(Odd, planted.answer))) as matrix:
        with pytest.raises(CannotMake, match="code"):
            await holes(matrix, "crate.odd")
