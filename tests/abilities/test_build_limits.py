"""What a build gets of its host, as numbers."""

from monitor.abilities.build.calls import Limits
from monitor.abilities.build.limits import OUTPUT, PROCESSES, Ceiling, HostSize, cut, granted, together, told

GB = 10**9
HOME = HostSize(memory=8 * GB, cores=4)
NONE = Ceiling()


def test_unasked_it_gets_half_of_the_memory_and_all_cores_but_one() -> None:
    usual = Limits(memory=4 * GB, cpus=3.0, processes=PROCESSES, output=OUTPUT)
    assert granted(Limits(), HOME, NONE) == usual
    assert granted(Limits(), HostSize(8 * GB, 2), NONE).cpus == 1.5
    assert granted(Limits(), HostSize(8 * GB, 1), NONE).cpus == 0.75


def test_it_gets_what_is_asked_for_with_the_hosts_policy_as_ceiling() -> None:
    asked = Limits(memory=2 * GB, cpus=0.5, processes=50, output=1000)
    assert granted(asked, HOME, NONE) == asked
    ceiling = Ceiling(memory=GB, cpus=0.25, processes=20)
    given = granted(asked, HOME, ceiling)
    assert given == Limits(memory=GB, cpus=0.25, processes=20, output=1000)
    assert [line.split(" was")[0] for line in cut(asked, given)] == ["more memory", "more cpus", "more processes"]
    assert granted(Limits(), HOME, ceiling) == Limits(memory=GB, cpus=0.25, processes=20, output=OUTPUT)


def test_all_of_a_host_is_never_a_builds() -> None:
    assert granted(Limits(memory=100 * GB, cpus=64), HOME, NONE).memory == 7 * GB
    assert granted(Limits(memory=100 * GB, cpus=64), HOME, NONE).cpus == 4


def test_several_have_their_sum_within_the_ceiling() -> None:
    one = Limits(memory=3 * GB, cpus=2, processes=10)
    most = Limits(memory=5 * GB, cpus=4, processes=15)
    assert together([one], most) == one
    assert together([one, one], most) == Limits(memory=5 * GB, cpus=4, processes=15)


def test_it_is_told_in_words() -> None:
    limits = Limits(memory=512_000_000, cpus=1.5, processes=9)
    assert told(limits) == "at most 512 MB of memory, 1.5 cpus, 9 processes"
