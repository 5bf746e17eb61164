"""No operation, topic or nested reference gives anyone more than their level and rights."""

import pytest

from monitor.everything import everything
from monitor.testing.matrix import Hole, Matrix
from monitor.testing.nested import nested, questions

REGISTRY = everything()


@pytest.mark.parametrize("name", REGISTRY.operations)
async def test_operation(matrix: Matrix, name: str) -> None:
    assert [str(hole) async for hole in matrix.operation(name)] == []


@pytest.mark.parametrize("name", REGISTRY.streams)
async def test_topic(matrix: Matrix, name: str) -> None:
    assert [str(hole) async for hole in matrix.topic(name)] == []


async def test_what_configs_name(matrix: Matrix) -> None:
    holes: list[Hole] = [hole async for hole in nested(matrix.lab)]
    assert [str(hole) for hole in holes] == []
    assert len(questions(matrix.lab)) >= 3 * 3 * 2 * 4, "build.builder.server, deployment.server and image.build"


def test_no_field_names_a_resource_without_saying_so(matrix: Matrix) -> None:
    assert matrix.misnamed() == []
