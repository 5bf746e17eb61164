"""Record of the fleet: what was deployed, restarted, tried and changed in the last two weeks, and by whom."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from monitor.kernel.activity import State
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.acts import Restart, Start, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.testing.past import Past, PastStep
from tests.browser import writings
from tests.browser.world import World

STEPS = ("create", "park", "start", "verify", "remove")


def deployed(image: str, dice: Random, *, pull: bool = False) -> tuple[PastStep, ...]:
    """The steps of a deploy that went well."""
    took = {"create": 0.4, "park": 0.1, "start": 0.9, "verify": 2.1, "remove": 0.2}
    pulled = (f"{image}: Pulling from library\n".encode(), b"9 layers, 6 already here\n", b"84.2 MiB\n")
    first = (PastStep("pull", dice.uniform(3, 14), pulled),) if pull else ()
    return (*first, *(PastStep(name, took[name] * dice.uniform(0.6, 1.8)) for name in STEPS))


def crashed(dice: Random) -> tuple[PastStep, ...]:
    """The steps of one whose container ended at once; its last lines are everything a log may hold."""
    log = (*writings.service_log(dice, 12), *writings.AWKWARD, b"Error: Cannot find module './config.production'\n")
    return (
        PastStep("create", 0.5),
        PastStep("park", 0.1),
        PastStep("start", 0.8),
        PastStep("verify", 1.4, log, "failed", 1),
    )


class Story:
    """Tells the past of single deployments through `past`."""

    def __init__(self, past: Past, world: World) -> None:
        self._past = past
        self._world = world
        self._people = world.people
        self._dice = Random("story")

    async def tell(self) -> None:
        """Everything beside the first deploys and the builds."""
        id, dice = self._id, self._dice
        for number, name in enumerate(("gateway-1", "api-3", "site-2", "worker-4", "auth-web", "orders-api")):
            await self._act("jon", Restart(target=id(name)), 18 + number * 517, "restart", 3.2)
        await self._act("mei", Stop(target=id("legacy-import")), 60 * 26, "stop", 10.1)
        await self._act("jon", Stop(target=id("old-gateway")), 60 * 75, "stop", 1.2)
        await self._act("ana", Stop(target=id("load-test")), 60 * 5, "stop", 0.8)
        await self._act("mei", Start(target=id("load-test")), 60 * 7, "start", 1.1)
        await self._fails(
            "jon",
            id("media-worker"),
            60 * 4 + 12,
            crashed(dice),
            "the container media-worker did not stay up: it ended with exit code 1",
            "its last log lines are in the output",
        )
        await self._fails(
            "mei",
            id("orders-cache"),
            60 * 9,
            (PastStep("pull", 2.0, (b"pulling\n",), "failed"),),
            "the image redis:7.4-alpine cannot be pulled: toomanyrequests: rate limit reached",
            "sign in to the registry, or wait",
        )
        await self._fails(
            "ana",
            id("quota-web"),
            60 * 50,
            (PastStep("create", 0.2, (), "failed"),),
            "port 21020 is taken by the container debug-shell",
            "choose another host port",
        )
        await self._ends("jon", Deploy(target=id("stock-web")), 60 * 30, State.CANCELLED, "cancelled in step verify")
        await self._ends(
            "mei",
            Deploy(target=id("chat-web")),
            60 * 33,
            State.INTERRUPTED,
            "the agent was restarted in the middle; the old container was put back",
        )
        await self._ends(
            "ana", Deploy(target=id("geo-web")), 60 * 61, State.FAILED, "the server does not answer: connection refused"
        )
        for number, version in enumerate(("1.4.2", "1.4.1", "1.4.0", "1.3.10", "1.3.9")):
            for name in ("api-1", "api-2", "api-5"):
                await self._deploys("ana" if number < 3 else "jon", id(name), 6 + number * 60 * 49, f"api:{version}")

    async def first_deploy(self, deployment: str, at: datetime, info: DeploymentInfo) -> None:
        """The one after which what runs now runs, as `info` says."""
        who = self._people[self._dice.choice(("ana", "ana", "jon", "mei"))]
        steps = deployed(info.image, self._dice, pull=self._dice.random() < 0.2)
        op = Deploy(target=self._id(deployment))
        await self._past.ended(who, op, at, steps, summary=f"deployed {info.image}", info=info, server=info.server)

    async def _deploys(self, who: str, target: str, minutes: float, image: str) -> None:
        steps = deployed(image, self._dice)
        summary = f"deployed {image}, away {self._dice.uniform(0.3, 1.9):.1f} s"
        at = self._ago(minutes + self._dice.uniform(0, 3))
        await self._past.ended(self._people[who], Deploy(target=target), at, steps, summary=summary)

    async def _act(self, who: str, op: Any, minutes: float, step: str, seconds: float) -> None:
        state = "exited" if isinstance(op, Stop) else "running"
        steps = (PastStep(step, seconds),)
        await self._past.ended(
            self._people[who], op, self._ago(minutes), steps, summary=f"container is {state}", waited=0.2
        )

    async def _fails(
        self, who: str, target: str, minutes: float, steps: tuple[PastStep, ...], error: str, hint: str
    ) -> None:
        await self._past.ended(
            self._people[who],
            Deploy(target=target),
            self._ago(minutes),
            steps,
            state=State.FAILED,
            error=error,
            hint=hint,
        )

    async def _ends(self, who: str, op: Any, minutes: float, state: State, error: str) -> None:
        outcome = "cancelled" if state is State.CANCELLED else "failed"
        steps = (*deployed("", self._dice)[:3], PastStep("verify", 14.0, (b"waiting\n",), outcome))
        done = steps if "answer" not in error else ()
        await self._past.ended(self._people[who], op, self._ago(minutes), done, state=state, error=error)

    def _id(self, deployment: str) -> str:
        return self._world.id("deployment", deployment)

    def _ago(self, minutes: float) -> datetime:
        return self._world.now - timedelta(minutes=minutes)
