"""What uses an image, by each of its names; who may know of what is used so."""

import pytest

from monitor.abilities.image.calls import HostImage
from monitor.kernel.claims import Claimed, Claims
from monitor.resources.server.operations.things import UsedBy
from monitor.resources.server.uses import Users, Uses, find_image, plain
from monitor.testing.clock import ManualClock

NOW = ManualClock().now()
ID = "sha256:" + "ab" * 32


def image(*tags: str, digests: tuple[str, ...] = (), id: str = ID) -> HostImage:
    return HostImage(id=id, tags=tags, digests=digests, size=1, created=NOW)


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ("nginx", "nginx:latest"),
        ("docker.io/library/nginx:1", "nginx:1"),
        ("index.docker.io/ann/web", "ann/web:latest"),
        ("localhost:5000/web", "localhost:5000/web:latest"),
        ("localhost:5000/web:1", "localhost:5000/web:1"),
        ("nginx:1@sha256:aa", "nginx@sha256:aa"),
        (ID, ID),
    ],
)
def test_a_reference_as_docker_lists_it(given: str, listed: str) -> None:
    assert plain(given) == listed


@pytest.mark.parametrize("needed", ["web:1", "docker.io/library/web:1", ID, "web@sha256:dd", "web:9@sha256:dd"])
def test_a_resource_needs_an_image_by_whatever_name(needed: str) -> None:
    claimed = Claimed(type="deployment", id="D", name="web", claims=Claims(images=(needed, "other:1")))
    uses = Users((), (), (claimed,)).of_image(image("web:1", digests=("web@sha256:dd",)))
    assert uses == Uses((UsedBy(type="deployment", id="D", name="web"),), 0, True)
    assert not Users((), (), (claimed,)).of_image(image("web:2", id="sha256:" + "cd" * 32)).used


def test_no_image_is_found_by_a_name_that_begins_its_id() -> None:
    """A tag that looks like an id wins over ids, and short prefixes count for nothing."""
    named = image("abababababab:latest", id="sha256:" + "ef" * 32)
    assert find_image((image("web:1"), named), "abababababab") == (named, "abababababab:latest")
    assert find_image((image("web:1"),), "abababababab") == (image("web:1"), "")
    assert find_image((image("web:1"),), "abab") is None
    assert find_image((image("web:1"),), "sha256:") is None
    assert find_image((image("web:1"),), ID) == (image("web:1"), "")


@pytest.mark.parametrize(
    ("uses", "without", "with_it"),
    [
        (Uses(), False, True),
        (Uses((UsedBy(type="container", id="1", name="x"),)), True, True),
        (Uses((UsedBy(type="container", id="1", name="x"),), 3), True, True),
        (Uses((), 1), False, False),
    ],
)
def test_who_may_know_of_it(uses: Uses, without: bool, with_it: bool) -> None:
    assert (uses.shown(unmanaged=False), uses.shown(unmanaged=True)) == (without, with_it)
