"""Which container a control group is: one spelling for whoever asks."""

from pathlib import Path

import pytest

from monitor.abilities.docker.control_group import container_called, containers_in
from monitor.abilities.terminal.forbidden import own_ids

A, B = "a1" * 32, "b2" * 32


@pytest.mark.parametrize(
    ("name", "id"),
    [
        (A, A),
        (f"docker-{A}.scope", A),
        (f"libpod-{A}.scope", A),
        (f"libpod-conmon-{A}.scope", ""),
        (f"x{A}", ""),
        (f"{A}0", ""),
        (A[:12], ""),
        (f"docker-{A[:-1]}g.scope", ""),
        ("buildkit", ""),
    ],
)
def test_by_its_name(name: str, id: str) -> None:
    assert container_called(name) == id


@pytest.mark.parametrize(
    ("told", "ids"),
    [
        (f"12:memory:/docker/{A}\n11:cpu,cpuacct:/docker/{A}\n", [A, A]),
        (f"0::/system.slice/docker-{A}.scope\n", [A]),
        (f"4:memory:/docker/{A}/docker/{B}\n", [A, B]),
        (f"0::/machine.slice/libpod-{A}.scope/container\n", [A]),
        (f"0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-{A}.scope\n", [A]),
        (f"800 700 0:1 /var/lib/docker/containers/{A}/hosts /etc/hosts rw - ext4 /dev/a rw\n", [A]),
        ("0::/user.slice/user-0.slice/session-1.scope\n", []),
        ("", []),
    ],
)
def test_by_the_path_of_a_process(told: str, ids: list[str]) -> None:
    assert containers_in(told) == ids


def test_the_containers_this_process_is_in(tmp_path: Path) -> None:
    assert own_ids(tmp_path) == frozenset()
    (tmp_path / "cgroup").write_text(f"12:memory:/docker/{A}\n")
    (tmp_path / "mountinfo").write_text(
        f"1 2 0:1 /var/lib/docker/containers/{B}/hosts /etc/hosts rw - ext4 /dev/a rw\n"
        f"1 2 0:1 /var/lib/docker/volumes/{'c' * 64}/_data /data rw - ext4 /dev/a rw\n"
    )
    assert own_ids(tmp_path) == {A, B}
