"""What a type checker sees of the client's answers; never run, read by basedpyright (see test_typing.py)."""

from typing import assert_type

from monitor.client import AsyncClient, Client
from monitor.client.asks import changes
from monitor.features.activity.spec import GetOutput, ListActivity, OutputLine, WatchActivity
from monitor.features.keys.spec import CreateKey, DeleteKey, NewKey
from monitor.features.users.spec import ListUsers, User
from monitor.kernel.activity import Activity
from monitor.kernel.container_log import LogBlock
from monitor.kernel.resource import NoStatus, Page, Resource
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo, DeploymentStatus
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import FollowLog, ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo, ServerStatus
from monitor.resources.server.operations.join import IssueJoinToken, JoinToken
from monitor.resources.server.spec import SERVER

OneDeployment = Resource[DeploymentConfig, DeploymentInfo, DeploymentStatus]
CONFIG = DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"))


def blocking(client: Client) -> None:
    """Every answer is of the type the operation declares."""
    assert_type(client.run(Deploy(target="web")), Activity)
    assert_type(client.run(ListUsers()), tuple[User, ...])
    assert_type(client.run(ListActivity()), Page[Activity])
    assert_type(client.run(GetOutput(target="x")), tuple[OutputLine, ...])
    assert_type(client.run(ReadLog(target="web")), LogBlock)
    assert_type(client.run(CreateKey(name="k")), NewKey)
    assert_type(client.run(DeleteKey(target="k")), None)
    assert_type(client.run(IssueJoinToken(target="alpha")), JoinToken)
    assert_type(client.get(DEPLOYMENT, "web"), OneDeployment)
    assert_type(client.get(DEPLOYMENT, "web").status.state, str)
    assert_type(client.get(BUILD, "web"), Resource[BuildConfig, BuildInfo, NoStatus])
    assert_type(client.list(SERVER), Page[Resource[ServerConfig, ServerInfo, ServerStatus]])
    assert_type(client.create(DEPLOYMENT, "web", CONFIG), OneDeployment)
    assert_type(client.update(DEPLOYMENT, "web", {"pull": True}), OneDeployment)
    assert_type(client.delete(DEPLOYMENT, "web"), Activity | None)
    assert_type(client.wait("x", timeout=3), Activity)
    for event in client.follow("x"):
        assert_type(event, OutputLine | Activity)
    for one in client.all(DEPLOYMENT):
        assert_type(one, OneDeployment)
    for item in client.subscribe(FollowLog(target="web")):
        assert_type(item.data, LogBlock | None)
    for change in client.subscribe(changes(DEPLOYMENT)):
        assert_type(change.data, OneDeployment | None)


async def asynchronous(client: AsyncClient) -> None:
    """The same, awaited."""
    assert_type(await client.run(Deploy(target="web")), Activity)
    assert_type(await client.get(DEPLOYMENT, "web"), OneDeployment)
    assert_type(await client.list(SERVER), Page[Resource[ServerConfig, ServerInfo, ServerStatus]])
    assert_type(await client.create(DEPLOYMENT, "web", CONFIG), OneDeployment)
    assert_type(await client.update(DEPLOYMENT, "web"), OneDeployment)
    assert_type(await client.delete(SERVER, "alpha"), Activity | None)
    assert_type(await client.wait("x"), Activity)
    assert_type(await client.sign_in("ann", "password"), User)
    async for event in client.follow("x"):
        assert_type(event, OutputLine | Activity)
    async for one in client.all(BUILD):
        assert_type(one.info.version, str)
    async for item in client.subscribe(WatchActivity()):
        assert_type(item.data, Activity | None)
