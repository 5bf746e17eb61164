"""How a container that runs becomes a deployment: looked at on its host, judged like a config somebody wrote."""

from msgspec import Struct, structs

from monitor.abilities.adoption.calls import Readable, ReadContainer
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.crud import Crud, Wanted
from monitor.core.edit_context import EditContext
from monitor.core.fleet import Fleet
from monitor.core.ownership import carried, owner_of
from monitor.core.parts import Parts
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from monitor.kernel.hostview import Container
from monitor.kernel.ids import check_name
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.permission import Right
from monitor.resources.deployment.adoption.config import Taken, take
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.adopt import Adopt, Adoptable, Adopted, AdoptPreview
from monitor.resources.deployment.spec import DEPLOYMENT

_LONGEST = 63


class _Looked(Struct, frozen=True):
    """What was looked at before anything is stored."""

    server: str
    container: str
    image_id: str
    taken: Taken


class Adopting:
    """Answers `deployment.adopt` and its preview."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._crud = Crud(parts, DEPLOYMENT)

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation."""
        return (
            AnswerHandler(AdoptPreview, self.preview),
            AnswerHandler(Adopt, self.adopt, before=self.look),
        )

    async def preview(self, ctx: QueryContext, op: AdoptPreview) -> Adoptable:
        """The same look; secrets left out of what is shown."""
        looked = await self._look(ctx.caller, op.server, op.container, op.secrets)
        config = looked.taken.config
        hidden = tuple(structs.replace(v, value=None) for v in config.secret_environment)
        return Adoptable(
            container=looked.container,
            name=_fitting(config.container_name),
            config=structs.replace(config, secret_environment=hidden),
            left=looked.taken.left,
            compose=looked.taken.compose,
        )

    async def look(self, ctx: QueryContext, op: Adopt) -> _Looked:
        """Asked of the host before edits are held up."""
        check_name(op.name)
        return await self._look(ctx.caller, op.server, op.container, op.secrets)

    async def adopt(self, ctx: EditContext, op: Adopt) -> Adopted:
        """Stored like a new one; what it runs is known by its id."""
        looked: _Looked = ctx.prepared
        self._find(ctx.caller, self._server(ctx.caller, looked.server), looked.container)  # it may have gone meanwhile
        config = looked.taken.config
        if config.container_name == op.name:
            config = structs.replace(config, container_name="")
        answer = await self._crud.create(ctx, Wanted(op.name, op.description, op.tags, config))
        info = DeploymentInfo(
            container=looked.container,
            image=_image(config),
            image_id=looked.image_id,
            revision=1,
            activity=ctx.activity,
            server=looked.server,
            adopted=True,
        )
        ctx.set_info(DEPLOYMENT, answer.id, info)
        ctx.summary(f"adopted the container {config.container_name or op.name} as {op.name}")
        return answer

    async def _look(self, caller: Caller, server: str, container: str, secrets: tuple[str, ...] | None) -> _Looked:
        record = self._server(caller, server)
        found = self._find(caller, record, container)
        told: Readable = await self._parts.hosts.host(record.id).call(ReadContainer(id=found.id))
        taken = take(told.container, told.image, record.id, secrets)
        return _Looked(record.id, found.id, str(told.container.get("Image", "")), taken)

    def _server(self, caller: Caller, ref: str) -> Record:
        record = self._parts.catalog.find("server", ref)
        if record is None or not self._parts.permit.readable(caller, "server", record.id):
            raise Invalid.field("server", f"there is no server {ref[:80]!r}")
        if not self._parts.permit.right(caller, Right.UNMANAGED, "server", record.id):
            raise Forbidden(
                f"adopting needs {Right.UNMANAGED.value!r} on server {record.stored.name}",
                hint="Ask an admin to grant it.",
            )
        return record

    def _find(self, caller: Caller, server: Record, ref: str) -> Container:
        """By id or name, among those he may see; Conflict for one that is somebody's."""
        seen = {c.id: c for c in Fleet(self._parts, caller).of(server.id)}
        found = seen.get(ref) or next((c for c in seen.values() if c.name == ref), None)
        if found is None:
            raise NotFound(f"there is no container {ref[:80]!r} on server {server.stored.name} that you may see")
        owner = owner_of(self._parts, server.id, found)
        if owner.deployment or carried(found) != ("", ""):
            raise Conflict(
                f"the container {found.name} belongs to a deployment" + _whose(self._parts, owner.deployment)
            )
        return found


def _whose(parts: Parts, deployment: str) -> str:
    record = parts.catalog.get("deployment", deployment) if deployment else None
    return f" already: {record.stored.name}" if record else " of another Monitor, or of one that is gone"


def _image(config: DeploymentConfig) -> str:
    return getattr(config.image, "image", "")


def _fitting(name: str) -> str:
    """The nearest valid name of a deployment."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(filter(None, kept.split("-")))[:_LONGEST].strip("-")
