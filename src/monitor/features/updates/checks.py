"""Checks: one deployment's image compared with what its registry has, through its host; what comes of it is stored."""

import asyncio
from datetime import UTC, datetime
from typing import NamedTuple
from weakref import WeakValueDictionary

from msgspec import structs

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import domain_of
from monitor.abilities.registry.answers import unknown
from monitor.abilities.registry.calls import AskRegistry, Latest, Told, Trouble
from monitor.abilities.registry.reference import parse
from monitor.core import config as configs
from monitor.core.catalog import Record, info_kind, resource_kind
from monitor.core.memory import Changes
from monitor.core.parts import Parts
from monitor.kernel.errors import Conflict, MonitorError, NotFound
from monitor.kernel.hostview import Container, HostView
from monitor.resources.deployment import newer, plan
from monitor.resources.deployment.newer import ImageUpdate, UpdateState
from monitor.resources.deployment.plan import owner_of
from monitor.resources.deployment.values import BuiltImage
from monitor.store.contract import Entry

_AT_ONCE = 2
"""Questions one host asks one registry at a time: a slow one holds up nothing but itself."""
_HELD_FIRST, _HELD_MOST = 1800.0, 6 * 3600.0
"""Seconds a registry that was asked too often is left alone by a host; doubled each time."""
_KEPT = 3600.0


class _Asked(NamedTuple):
    at: float
    latest: Latest


class _Hold(NamedTuple):
    until: float
    length: float


class Checks:
    """What a registry said is kept by host, reference and account, for other deployments of the same image."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asked: dict[tuple[str, str, str | None], _Asked] = {}
        self._holds: dict[tuple[str, str], _Hold] = {}
        self._slots: WeakValueDictionary[tuple[str, str], asyncio.Semaphore] = WeakValueDictionary()
        self._one: WeakValueDictionary[tuple[str, str, str | None], asyncio.Lock] = WeakValueDictionary()
        """Who asks the same waits for the answer."""
        self._under_way: dict[str, asyncio.Task[ImageUpdate]] = {}
        parts.memory.listen(resource_kind("server"), self._server_changed)

    async def check(self, id: str, *, within: float) -> ImageUpdate:
        """What is known now; the registry is not asked again `within` seconds. Conflict where nothing runs.

        Who asks while it is being found out gets the same answer, and may go away without ending it.
        """
        task = self._under_way.get(id)
        if task is None:
            task = self._under_way[id] = asyncio.create_task(self._check(id, within))
            task.add_done_callback(lambda _: self._under_way.pop(id, None))
        return await asyncio.shield(task)

    async def stop(self) -> None:
        """Let go of what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def container_of(self, record: Record) -> Container | None:
        """The container it has now, as far as core knows."""
        config = record.stored.config
        view = self._parts.hosts.view(config.server) or HostView()
        return plan.find_container(record.id, plan.container_name(config, record.stored.name), record.info, view)

    def of_build(self, record: Record) -> ImageUpdate | None:
        """What is known without asking anybody, where that is enough."""
        image = record.stored.config.image
        build = self._parts.catalog.get("build", image.build) if isinstance(image, BuiltImage) else None
        return newer.without_asking(image, record.info.version, build.info.version if build else "")

    async def note(self, id: str, update: ImageUpdate) -> None:
        """Store it beside what the last deploy left."""
        parts = self._parts
        async with parts.memory.writing:
            record = parts.catalog.get("deployment", id)
            if record is None or record.info.update == update:
                return
            changes = Changes()
            changes.put(info_kind("deployment"), id, structs.replace(record.info, update=update))
            await parts.memory.commit(changes, Entry("update_checked", parts.clock.now()))

    async def _check(self, id: str, within: float) -> ImageUpdate:
        record = self._parts.catalog.get("deployment", id)
        if record is None:
            raise NotFound("the deployment is gone")
        container = self.container_of(record)
        if container is None:
            raise Conflict("it has no container to compare with", hint="Deploy it first.")
        found = self.of_build(record) or await self._of_registry(record, container, within)
        before: ImageUpdate | None = record.info.update
        same = before is not None and found.state is UpdateState.AVAILABLE and before.newest == found.newest
        found = structs.replace(
            found,
            reference=newer.name_of(record.stored.config.image),
            image_id=found.image_id or container.image_id,
            checked=found.checked or self._parts.clock.now(),
            failures=(before.failures if before and before.trouble else 0) + 1 if found.trouble else 0,
            auto=before.auto if same and before else "",
        )
        await self.note(id, found)
        return found

    async def _of_registry(self, record: Record, container: Container, within: float) -> ImageUpdate:
        config, info = record.stored.config, record.info
        image = config.image.image
        deployed = info.container == container.id
        if not _same(info.image if deployed else container.image, image):
            return ImageUpdate(
                state=UpdateState.UNKNOWN,
                reason="the config names another image than the one that runs: deploy it first",
                trouble=Trouble.LASTING,
            )
        try:
            auth = self._account(config.account, image)
            question = AskRegistry(
                container=container.id,
                deployment=owner_of(record.id, record.info),
                reference=image,
                auth=auth,
                from_registry=deployed and bool(info.digest) and info.image_id == container.image_id,
            )
            told, asked = await self._ask(config.server, question, config.account, within)
        except MonitorError as failure:
            reason = failure.message[:500]
            return ImageUpdate(state=UpdateState.UNKNOWN, reason=reason, trouble=Trouble.LATER)
        known = info.digest if deployed and info.image_id == told.runs.image_id else ""
        return structs.replace(newer.compared(image, told, known), checked=asked)

    def _account(self, id: str | None, image: str) -> RegistryAuth | None:
        """Conflict where it is another registry's: its token is told to its own only."""
        record = self._parts.catalog.get("registry_account", id) if id else None
        if record is None:
            return None
        domain = domain_of(image)
        if record.stored.config.domain != domain:
            raise Conflict(f"its registry account is not for {domain}")
        account = configs.reveal(self._parts, record.stored, [])
        if account.token is None:
            raise Conflict("its registry account has no token")
        return RegistryAuth(domain=domain, username=account.username, token=account.token)

    async def _ask(
        self, server: str, question: AskRegistry, account: str | None, within: float
    ) -> tuple[Told, datetime]:
        """Through the host, unless the registry was asked just now, or does not want to be."""
        place, key = (server, domain_of(question.reference)), (server, question.reference, account)
        slot = self._slots.setdefault(place, asyncio.Semaphore(_AT_ONCE))
        async with self._one.setdefault(key, asyncio.Lock()), slot:
            known, asked = self._known(place, key, within)
            host = self._parts.hosts.host(server)
            told = await host.call(structs.replace(question, known=known) if known else question)
            if known is None and (question.from_registry or not told.runs.made_here):
                self._keep(place, key, told.latest)
            return told, asked

    def _known(
        self, place: tuple[str, str], key: tuple[str, str, str | None], within: float
    ) -> tuple[Latest | None, datetime]:
        """What it said, and when; None and now where it is to be asked."""
        now = self._parts.clock.now().timestamp()
        asked, hold = self._asked.get(key), self._holds.get(place)
        if asked is not None and now - asked.at < within:
            return asked.latest, datetime.fromtimestamp(asked.at, UTC)
        if hold is not None and now < hold.until:
            reason = "the registry limits how often it is asked; it is left alone for a while"
            return unknown(Trouble.LIMITED, reason), self._parts.clock.now()
        return None, self._parts.clock.now()

    def _server_changed(self, server: str, value: object) -> None:
        if value is None:
            self._asked = {key: asked for key, asked in self._asked.items() if key[0] != server}
            self._holds = {place: hold for place, hold in self._holds.items() if place[0] != server}

    def _keep(self, place: tuple[str, str], key: tuple[str, str, str | None], latest: Latest) -> None:
        now = self._parts.clock.now().timestamp()
        self._asked = {k: asked for k, asked in self._asked.items() if now - asked.at < _KEPT}
        self._asked[key] = _Asked(now, latest)
        if latest.trouble is Trouble.LIMITED:
            before = self._holds.get(place)
            length = min(_HELD_MOST, before.length * 2 if before else _HELD_FIRST)
            self._holds[place] = _Hold(now + length, length)
        elif latest.digest:
            self._holds.pop(place, None)


def _same(one: str, other: str) -> bool:
    """Whether two references mean the same image, however much of them is written."""
    try:
        return parse(one) == parse(other)
    except ValueError:
        return one == other
