"""Looking into the deployment's container."""

from typing import Any, ClassVar

from monitor.kernel.insides import BusyProcesses, ContainerFigures, FileChanges, Process
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Right
from monitor.kernel.stream import Stream


class Inspect(Query[dict[str, Any]], frozen=True, kw_only=True, tag="deployment.inspect"):
    """Docker's own description of the container; values of its environment are masked, secrets redacted."""

    needs: ClassVar[Needs] = Right.INSPECT


class Processes(Query[tuple[Process, ...]], frozen=True, kw_only=True, tag="deployment.processes"):
    """What runs in the container, as the host's ps shows it; secrets are redacted."""

    needs: ClassVar[Needs] = Right.PROCESSES


class Changes(Query[FileChanges], frozen=True, kw_only=True, tag="deployment.changes"):
    """The files the container has added, modified or deleted since it was made; volumes are no part of it."""

    needs: ClassVar[Needs] = Right.INSPECT


class Stats(Stream[ContainerFigures], frozen=True, kw_only=True, tag="deployment.stats"):
    """What the container uses, live, each second."""


class DeploymentTop(Stream[BusyProcesses], frozen=True, kw_only=True, tag="deployment.top"):
    """What runs in the container, live, every two seconds while somebody looks; secrets are redacted."""

    needs: ClassVar[Needs] = Right.PROCESSES


INSIDE = (Inspect, Processes, Changes)
