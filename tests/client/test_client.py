"""The blocking client against a real core on loopback."""

import pytest

from monitor.client import Client
from monitor.client.asks import changes
from monitor.features.activity.spec import GetOutput, OutputLine
from monitor.features.sign_in.spec import GetMe, GetWelcome
from monitor.features.users.spec import CreateUser, ListUsers
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, Unavailable
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.delete import Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.spec import SERVER
from tests.client.served import PASSWORD, ServedCore


def web(served: ServedCore, name: str) -> None:
    config = DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"), stable_for=0)
    with served.client() as client:
        client.create(DEPLOYMENT, name, config)


def test_create_list_get_update_delete(served: ServedCore) -> None:
    with served.client() as client:
        made = client.create(SERVER, "beta", ServerConfig(address="10.0.0.9"), tags=("lab",))
        assert (made.name, made.config.port, made.revision) == ("beta", 8120, 1)
        assert client.get(SERVER, made.id) == client.get(SERVER, "beta")
        assert [one.name for one in client.list(SERVER, tag="lab").items] == ["beta"]
        changed = client.update(SERVER, "beta", {"port": 9000}, revision=1, description="in the lab")
        assert (changed.config.port, changed.revision, changed.description) == (9000, 2, "in the lab")
        with pytest.raises(Conflict) as outdated:
            client.update(SERVER, "beta", {"port": 1}, revision=1)
        assert outdated.value.current is not None
        assert client.delete(SERVER, "beta") is None
        with pytest.raises(NotFound):
            client.get(SERVER, "beta")


def test_every_page_is_fetched(served: ServedCore) -> None:
    with served.client() as client:
        for number in range(5):
            client.create(SERVER, f"page-{number}", ServerConfig(), tags=("pages",))
        names = [one.name for one in client.all(SERVER, tag="pages", limit=2)]
    assert names == [f"page-{number}" for number in range(5)]


def test_wrong_fields_are_named(served: ServedCore) -> None:
    with served.client() as client, pytest.raises(Invalid) as wrong:
        client.create(DEPLOYMENT, "lost", DeploymentConfig(server="nowhere", image=LiteralImage(image="web:1")))
    assert [field.path for field in wrong.value.fields] == ["config.server"]


def test_an_action_is_accepted_and_waited_for(served: ServedCore) -> None:
    web(served, "waited")
    with served.client() as client:
        accepted = client.run(Deploy(target="waited"))
        assert accepted.state in (State.QUEUED, State.RUNNING)
        ended = client.wait(accepted, timeout=20)
        assert (ended.state, ended.id) == (State.SUCCEEDED, accepted.id)
        assert client.wait(accepted.id) == ended
        assert client.get(DEPLOYMENT, "waited").status.state == "running"
        deleted = client.delete(DEPLOYMENT, "waited", container=Keep.REMOVE)
        assert deleted is not None
        assert client.wait(deleted).state is State.SUCCEEDED


def test_waiting_ends_in_time(served: ServedCore) -> None:
    web(served, "slow")
    served.host.machine.durations["start"] = 5
    try:
        with served.client() as client:
            accepted = client.run(Deploy(target="slow"))
            with pytest.raises(TimeoutError):
                client.wait(accepted, timeout=0.3)
    finally:
        served.host.machine.durations.clear()


def test_following_brings_steps_output_and_the_end(served: ServedCore) -> None:
    web(served, "followed")
    served.host.machine.exits["web:1"] = 3
    try:
        with served.client() as client:
            events = list(client.follow(client.run(Deploy(target="followed"))))
            records = [event for event in events if isinstance(event, Activity)]
            lines = [event for event in events if isinstance(event, OutputLine)]
            stored = client.run(GetOutput(target=records[-1].id))
    finally:
        served.host.machine.exits.clear()
    assert records[-1].state is State.FAILED
    assert "3" in records[-1].error
    assert "start" in [step.name for step in records[-1].steps]
    assert lines
    assert tuple(lines) == stored


def test_a_cut_line_loses_and_repeats_nothing(served: ServedCore) -> None:
    web(served, "cut")
    with Client(served.cable.url, key=served.key) as client:
        served.host.machine.durations["start"] = 1.0
        served.host.machine.exits["web:1"] = 3
        try:
            accepted = client.run(Deploy(target="cut"))
            events: list[OutputLine | Activity] = []
            for event in client.follow(accepted):
                if isinstance(event, Activity) and event.steps and not served.cable.cuts:
                    served.do(served.cable.cut())
                events.append(event)
        finally:
            served.host.machine.durations.clear()
            served.host.machine.exits.clear()
        lines = [event for event in events if isinstance(event, OutputLine)]
        assert served.cable.cuts == 1
        assert lines
        assert tuple(lines) == client.run(GetOutput(target=accepted.id))
        assert client.wait(accepted).state is State.FAILED


def test_a_session_does_what_a_key_does(served: ServedCore) -> None:
    with Client(served.url) as client:
        assert client.run(GetWelcome()).needs_setup is False
        with pytest.raises(NotSignedIn):
            client.run(GetMe())
        assert client.sign_in("admin", PASSWORD).admin
        assert client.run(GetMe()).user.name == "admin"
        client.run(CreateUser(name="ann", password="long enough"))
        assert [user.name for user in client.run(ListUsers())] == ["admin", "ann"]
        first = next(iter(client.subscribe(changes(SERVER))))
        assert first.data is not None


def test_a_wrong_password_and_a_wrong_key_are_not_signed_in(served: ServedCore) -> None:
    with Client(served.url) as client, pytest.raises(NotSignedIn):
        client.sign_in("admin", "not the password")
    with Client(served.url, key="nonsense") as client:
        with pytest.raises(NotSignedIn):
            client.run(GetMe())
        with pytest.raises((NotSignedIn, Forbidden)):
            next(iter(client.subscribe(changes(SERVER))))


def test_a_core_that_is_not_there_is_said_so() -> None:
    with Client("http://127.0.0.1:1", key="k") as client:
        with pytest.raises(Unavailable, match=r"http://127.0.0.1:1 does not answer"):
            client.run(GetMe())
        with pytest.raises(Unavailable):
            client.wait("01", timeout=5)


@pytest.mark.parametrize("url", ["ftp://host", "http://", "http://u:p@host", "http://host?x=1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        Client(url)
