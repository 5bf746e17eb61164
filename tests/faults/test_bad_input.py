"""Bad input on the real thing: each gets a clear error naming the way out, and nothing is lost."""

import json
from itertools import islice
from typing import Any

import pytest

from monitor.client import Client
from monitor.resources.deployment.operations.log import FollowLog
from tests.faults.installation import STEADY, Installation, docker, until
from tests.faults.repository import Repository
from tests.ports import free_port

pytestmark = pytest.mark.real


def problem(installed: Installation, path: str, body: dict[str, Any], status: int) -> dict[str, Any]:
    answer = installed.api.post(path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def variable(installed: Installation, name: str, variable: str) -> str:
    """What a process in the container finds in its environment."""
    given = docker("inspect", "-f", "{{json .Config.Env}}", f"{installed.mark}-{name}")
    inside = docker("exec", f"{installed.mark}-{name}", "busybox", "sh", "-c", f'busybox printf %s "${variable}"')
    found = next(v for v in json.loads(given) if v.startswith(f"{variable}=")).removeprefix(f"{variable}=")
    assert found == inside
    return found


def build_config(installed: Installation, repository: Repository, **more: Any) -> dict[str, Any]:
    source = {"url": repository.url, "branch": more.pop("branch", "")}
    return {
        "builder": {"kind": "server", "server": "here"},
        "source": source,
        "image": f"{installed.mark}-bad",
        **more,
    }


def test_a_container_that_exits_at_once_fails_with_its_last_lines(installed: Installation) -> None:
    command = ["busybox", "sh", "-c", "echo cannot find the database; exit 3"]
    installed.deployment("dies", command=command, restart="always")
    ended = installed.run("/deployments/dies/deploy")
    assert ended["state"] == "failed"
    assert "exit code 3" in ended["error"]
    assert "cannot find the database" in installed.output(ended["id"]), "shown to who may read the log"
    assert "cannot find the database" not in ended["error"], "which whoever may read sees"


def test_a_failed_deploy_puts_the_old_container_back(installed: Installation) -> None:
    made = installed.deployment("back")
    assert installed.run("/deployments/back/deploy")["state"] == "succeeded"
    before = docker("inspect", "-f", "{{.Id}}", f"{installed.mark}-back")
    change = {"config": {"command": ["busybox", "false"]}}
    headers = {"If-Match": str(made["revision"])}
    assert installed.api.patch("/deployments/back", json=change, headers=headers).status_code == 200
    ended = installed.run("/deployments/back/deploy")
    assert ended["state"] == "failed", ended
    assert installed.containers("back") == {f"{installed.mark}-back": "running"}
    assert docker("inspect", "-f", "{{.Id}} {{.HostConfig.RestartPolicy.Name}}", f"{installed.mark}-back") == (
        f"{before} unless-stopped"
    )


def test_a_taken_port_names_it(installed: Installation) -> None:
    port = [{"container": 80, "host": free_port(), "address": "127.0.0.1"}]
    installed.deployment("first", ports=port)
    assert installed.run("/deployments/first/deploy")["state"] == "succeeded"
    installed.deployment("second", ports=port)
    ended = installed.run("/deployments/second/deploy")
    assert ended["state"] == "failed"
    assert str(port[0]["host"]) in ended["error"] + ended["hint"]
    assert f"{installed.mark}-first" in ended["error"] + ended["hint"]
    assert not installed.containers("second")


def test_a_missing_image_says_so(installed: Installation) -> None:
    installed.deployment("imageless", image={"kind": "image", "image": "127.0.0.1:1/there/is/none:1"})
    ended = installed.run("/deployments/imageless/deploy")
    assert ended["state"] == "failed"
    assert "127.0.0.1:1/there/is/none:1" in ended["error"]


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("no-branch", {"branch": "nowhere"}, "nowhere"),
        ("no-file", {"dockerfile": "Elsewhere"}, "Elsewhere"),
        ("no-folder", {"context": "not/here"}, "not/here"),
    ],
)
def test_a_build_without_its_source_names_what_is_missing(
    installed: Installation, repository: Repository, name: str, more: dict[str, Any], told: str
) -> None:
    repository.write("Dockerfile", f"FROM {installed.image}\n")
    installed.post("/builds", {"name": name, "config": build_config(installed, repository, **more)})
    ended = installed.run(f"/builds/{name}/run")
    assert ended["state"] == "failed"
    assert told in ended["error"]


def test_a_build_that_fails_half_way_does_not_raise_the_version(
    installed: Installation, repository: Repository
) -> None:
    repository.write("Dockerfile", f"FROM {installed.image}\nRUN echo so far so good && exit 7\n")
    installed.post("/builds", {"name": "half-way", "config": build_config(installed, repository)})
    ended = installed.run("/builds/half-way/run")
    assert ended["state"] == "failed"
    assert [s["outcome"] for s in ended["steps"]] == ["succeeded", "failed"]
    assert installed.get("/builds/half-way")["info"]["version"] == "0.0.0"
    assert not docker("ps", "-aq", "--filter", f"ancestor={installed.image}", "--filter", "exited=7"), "a step was left"
    repository.write("Dockerfile", f"FROM {installed.image}\n")
    assert installed.run("/builds/half-way/run")["summary"].startswith(f"built {installed.mark}-bad:0.0.1")


def test_a_host_power_the_policy_forbids_is_refused_by_the_host(installed: Installation) -> None:
    """The caller is admin: core lets it pass, the host's own file does not."""
    installed.deployment("reaching", volumes=[{"source": "/etc", "target": "/host"}])
    ended = installed.run("/deployments/reaching/deploy")
    assert ended["state"] == "failed"
    assert "bind" in ended["error"]
    assert not installed.containers("reaching")


def test_what_is_changed_outside_shows_by_itself(installed: Installation) -> None:
    installed.deployment("outside")
    assert installed.run("/deployments/outside/deploy")["state"] == "succeeded"
    name = f"{installed.mark}-outside"

    def state() -> str:
        return installed.get("/deployments/outside")["status"]["state"]

    for command, expected in (("pause", "paused"), ("unpause", "running"), ("kill", "exited"), ("rm", "not_deployed")):
        docker(command, name)
        until(lambda expected=expected: state() == expected)


def test_deleting_a_deployed_deployment_asks_what_happens_to_its_container(installed: Installation) -> None:
    installed.deployment("asked")
    assert installed.run("/deployments/asked/deploy")["state"] == "succeeded"
    refused = installed.api.delete("/deployments/asked")
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "container")
    kept = installed.api.delete("/deployments/asked?container=keep&wait=20")
    assert kept.json()["state"] == "succeeded"
    assert installed.containers("asked") == {f"{installed.mark}-asked": "running"}
    again = installed.deployment("asked")
    ended = installed.run(f"/deployments/{again['id']}/deploy")
    assert ended["state"] == "failed", "a container of another deployment is not taken over unasked"
    assert installed.containers("asked") == {f"{installed.mark}-asked": "running"}


def test_hostile_strings_stay_data(installed: Installation) -> None:
    hostile = "; $(touch /pwned) `id` | & \" ' \\ \n --privileged \u202e é"
    installed.deployment(
        "hostile",
        environment=[{"name": "EVIL", "value": hostile}],
        command=["busybox", "sh", "-c", 'busybox printf "%s" "$EVIL"; trap "exit 0" TERM; busybox sleep 600 & wait'],
    )
    assert installed.run("/deployments/hostile/deploy")["state"] == "succeeded"
    assert hostile == variable(installed, "hostile", "EVIL")
    assert installed.get("/deployments/hostile")["config"]["environment"][0]["value"] == hostile


def test_secrets_reach_the_container_and_nothing_else(installed: Installation) -> None:
    secret = 'canary-7f3a-$-and-"quotes"'
    command = ["busybox", "sh", "-c", 'echo "token=$TOKEN"; trap "exit 0" TERM; busybox sleep 600 & wait']
    installed.deployment("secret", secret_environment=[{"name": "TOKEN", "value": secret}], command=command)
    ended = installed.run("/deployments/secret/deploy")
    assert ended["state"] == "succeeded"
    assert variable(installed, "secret", "TOKEN") == secret
    lines = until(lambda: installed.get("/deployments/secret/log").get("lines"))
    assert lines[0]["text"] == "token=********"
    seen = installed.api.get("/activity?limit=200").text + installed.api.get("/deployments/secret").text
    stored = b"".join(p.read_bytes() for p in (installed.folder / "core").rglob("*") if p.is_file())
    kept = b"".join(p.read_bytes() for p in (installed.folder / "agent").rglob("*") if p.is_file())
    assert "canary-7f3a" not in seen + installed.log("core") + installed.log("agent")
    assert b"canary-7f3a" not in stored + kept


def test_a_server_that_does_not_answer_is_said_to_be_down(installed: Installation) -> None:
    installed.deployment("left")
    assert installed.run("/deployments/left/deploy")["state"] == "succeeded"
    installed.kill("agent")
    until(lambda: installed.get("/servers/here")["status"]["state"] == "down")
    status = installed.get("/deployments/left")["status"]
    assert status["state"] == "unknown"
    assert "does not answer" in status["reason"]
    ended = installed.run("/deployments/left/restart")
    assert (ended["state"], "does not answer" in ended["error"]) == ("failed", True)
    installed.start_agent()
    installed.up()
    until(lambda: installed.get("/deployments/left")["status"]["state"] == "running")


def test_a_client_that_goes_away_changes_nothing(installed: Installation) -> None:
    installed.deployment("unwatched", command=STEADY, stable_for=2)
    activity = installed.post("/deployments/unwatched/deploy")["id"]
    installed.api.close()
    installed.api.__init__(base_url=installed.api.base_url, timeout=90, headers=installed.api.headers)  # type: ignore[misc]
    assert installed.ended(activity)["state"] == "succeeded"


def test_unknown_duplicate_and_foreign_names(installed: Installation) -> None:
    installed.deployment("twice")
    config = {"server": "here", "image": {"kind": "image", "image": "x"}}
    taken = problem(installed, "/deployments", {"name": "twice", "config": config}, 409)
    assert taken["errors"][0]["path"] == "name"
    unknown = problem(installed, "/deployments", {"name": "lost", "config": config | {"server": "nowhere"}}, 422)
    assert unknown["errors"][0]["path"] == "config.server"
    nested = config | {"image": {"kind": "build", "build": "nothing"}}
    assert problem(installed, "/deployments", {"name": "lost", "config": nested}, 422)["errors"][0]["path"] == (
        "config.image.build"
    )
    wrong = config | {"ports": [{"container": "eighty"}]}
    assert problem(installed, "/deployments", {"name": "lost", "config": wrong}, 422)["errors"][0]["path"] == (
        "config.ports[0].container"
    )


def test_a_log_is_followed_on_from_where_a_reader_left(installed: Installation) -> None:
    command = ["busybox", "sh", "-c", "n=0; while :; do n=$((n+1)); echo line $n; busybox sleep 0.05; done"]
    installed.deployment("talking", command=command)
    assert installed.run("/deployments/talking/deploy")["state"] == "succeeded"
    topic = FollowLog(target="talking", tail=5)
    with Client(f"http://127.0.0.1:{installed.core_port}", key=installed.key) as client:
        first = list(islice(client.subscribe(topic), 10))
        after = first[-1].seq
        then = list(islice(client.subscribe(FollowLog(target="talking", after=after)), 10))
    lines = [line for item in (*first, *then) if item.data is not None for line in item.data.lines]
    numbers = [int(line.text.split()[1]) for line in lines]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) >= 20


def test_an_image_somebody_else_gave_the_builds_name_is_not_deployed(
    installed: Installation, repository: Repository
) -> None:
    """Whoever may build on a server could otherwise put his code under another deployment."""
    repository.write("Dockerfile", f"FROM {installed.image}\n")
    config = build_config(installed, repository, image=f"{installed.mark}-victim")
    installed.post("/builds", {"name": "victim", "config": config})
    assert installed.run("/builds/victim/run")["state"] == "succeeded"
    installed.deployment("guarded", image={"kind": "build", "build": "victim"})
    assert installed.run("/deployments/guarded/deploy")["state"] == "succeeded"
    installed.post("/builds", {"name": "intruder", "config": config})
    refused = installed.api.post("/builds/intruder/run", json={})
    assert (refused.status_code, "makes images called" in refused.text) == (409, True)
    docker("tag", installed.image, f"{installed.mark}-victim:0.0.1")
    ended = installed.run("/deployments/guarded/deploy")
    assert ended["state"] == "failed"
    assert "was not made by the build" in ended["error"]
    assert installed.containers("guarded") == {f"{installed.mark}-guarded": "running"}
