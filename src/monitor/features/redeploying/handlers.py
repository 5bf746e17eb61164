"""What follows a build: the reaction that redeploys, the round it leads, and what people are shown of both."""

from typing import TYPE_CHECKING, Any

from msgspec import structs

from monitor.core.batch import Means
from monitor.core.caller import SYSTEM
from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.edit_context import ActionContext
from monitor.core.trust import writing
from monitor.features.redeploying.followers import ORIGIN, followers, left_alone
from monitor.features.redeploying.run import RedeployRun
from monitor.kernel.activity import Activity, State
from monitor.kernel.batches import Led
from monitor.kernel.errors import Conflict
from monitor.kernel.ids import derived_id
from monitor.kernel.operation import ActionHandler, AnswerHandler, Handler, tag_of
from monitor.kernel.reaction import Reaction
from monitor.kernel.stream import StreamHandler
from monitor.resources.build.operations.redeploy import Follower, ListFollowers, ListWriters, Redeploy, Writers
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.plan import NOTHING_BUILT

if TYPE_CHECKING:
    from monitor.core.app import Core


class Redeploying:
    """Binds redeploys to builds."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._parts = core.parts
        self._redeploy = ActionHandler(
            operation=Redeploy,
            prepare=_no_job,
            settle=_nothing_to_settle,
            result=None,
            check=self.check,
            freeze=self.freeze,
            lanes=lambda ctx, op: (f"redeploy:{ctx.record.id}",),  # a later round waits; its builds do not
            apart=True,
            lead=self.lead,
        )

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation."""
        return (
            self._redeploy,
            AnswerHandler(ListFollowers, self.followers),
            AnswerHandler(ListWriters, self.writers),
        )

    def reactions(self) -> tuple[Reaction, ...]:
        """One: a build that has succeeded."""
        return (Reaction(name=ORIGIN, wants=_is_built, react=self.react),)

    async def react(self, built: Activity) -> None:
        """Begin the round of a build, once: its id follows from the build's activity."""
        assert built.what is not None  # noqa: S101 - _is_built looked
        record = self._parts.catalog.get("build", built.what.id)
        if record is None or record.info.activity != built.id:
            return  # gone, or a newer version has been made since, whose end is told after this one
        if all(left_alone(one) for one in followers(self._parts, record.id, record.info.version)):
            return
        id = derived_id(built.ended or built.created, f"{ORIGIN} {built.id}")
        if await self._core.journal.get(id) is not None:
            return
        op = Redeploy(target=record.id, version=record.info.version)
        caller = structs.replace(SYSTEM, origin=ORIGIN)
        await self._core.work.accept(caller, op, record, self._redeploy, parent=built.id, id=id)

    def check(self, ctx: ActionContext, op: Redeploy) -> None:
        """Conflict where there is nothing to redeploy, or another version by now."""
        newest = ctx.record.info.version
        if not ctx.record.info.image:
            raise Conflict(NOTHING_BUILT)
        if op.version not in ("", newest):
            raise Conflict(f"the newest version is {newest} by now, not {op.version}")
        if not followers(self._parts, ctx.record.id, newest):
            raise Conflict(
                "no deployment asks to be redeployed with this version",
                hint="Switch it on: monitor deployment update NAME --redeploy-on-build",
            )

    def freeze(self, ctx: ActionContext, op: Redeploy) -> Redeploy:
        """What asks for it later is none of this round: the list is made once."""
        version = ctx.record.info.version
        ids = tuple(one.id for one in followers(self._parts, ctx.record.id, version))
        return structs.replace(op, version=version, deployments=ids)

    async def lead(self, ctx: ActionContext, op: Redeploy) -> Led:
        """Have each deployed, as many at a time as the build says."""
        core, config = self._core, ctx.record.stored.config
        means = Means(core.parts, core.journal, core.outputs, core.work)
        run = RedeployRun(means, ctx.activity, ctx.record.id, op.version)
        return await run.to_its_end(
            op.deployments, config.redeploy_limit, stop_on_failure=config.redeploy_stop_on_failure
        )

    async def followers(self, ctx: QueryContext, op: ListFollowers) -> tuple[Follower, ...]:
        """Of those the caller may read."""
        newest = ctx.record.info.version
        readable = self._parts.permit.readable
        records = self._parts.catalog.by_name("deployment")
        found = [r for r in records if _follows_any(r, ctx.record.id) and readable(ctx.caller, r.type, r.id)]
        return tuple(self._show(ctx, record, newest) for record in found)

    async def writers(self, ctx: QueryContext, op: ListWriters) -> Writers:
        """By name for who manages the build; for anybody else, that it is so."""
        found = writing(self._parts, ctx.caller, "build", ctx.record.id)
        return Writers(told=True, people=found.people, admins=found.admins) if found else Writers(told=False)

    def _show(self, ctx: QueryContext, record: Record, newest: str) -> Follower:
        server = self._parts.catalog.get("server", record.server)
        readable = server is not None and self._parts.permit.readable(ctx.caller, "server", server.id)
        image = record.stored.config.image
        pinned = f"it is kept at version {image.version}" if image.version else ""
        return Follower(
            name=record.stored.name,
            server=server.stored.name if server and readable else "",
            state=record.status.state,
            version=record.info.version,
            redeploys_as=record.status.redeploys_as,
            skipped=pinned if image.version not in ("", newest) else left_alone(record),
            deployed=record.info.deployed,
            deployment=record.id,
        )


def _follows_any(record: Record, build: str) -> bool:
    config: Any = record.stored.config
    return config.redeploy_on_build and getattr(config.image, "build", "") == build


def _is_built(activity: Activity) -> bool:
    built = activity.operation == tag_of(RunBuild) and activity.state is State.SUCCEEDED
    return built and activity.what is not None


async def _no_job(ctx: Any, op: Any) -> Any:
    raise TypeError("a round of redeploys has no job of its own")


async def _nothing_to_settle(ctx: Any, op: Any, result: Any) -> None:
    """Each redeploy settles itself."""
