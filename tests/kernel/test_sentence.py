"""Words put together as people do, and ids as Docker's own lists show them."""

import pytest

from monitor.kernel.errors import HostError
from monitor.kernel.sentence import listed, short_ids

ID = "59c75c0a739985eeaf1402fa55eb331199ea9deaadc23bbe0f8b52f4001413e8"


def test_things_are_listed() -> None:
    assert [listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (f"No such container: {ID}", "No such container: 59c75c0a7399"),
        (f"no image sha256:{ID}, nor {ID}", "no image sha256:59c75c0a7399, nor 59c75c0a7399"),
        (f"{ID}0 is no id, nor is x{ID}", f"{ID}0 is no id, nor is x{ID}"),
    ],
)
def test_ids_are_told_short(told: str, shown: str) -> None:
    assert short_ids(told) == shown
    assert HostError(told).message == str(HostError(told)) == shown
