"""Powers: which host powers the final argument list of a build asks for. Pure; what is not known is one."""

from collections.abc import Sequence

from monitor.kernel.permission import HostPower

_FLAGS = ("--force-rm", "--pull", "--no-cache")
_HARMLESS = (
    *("--file", "--iidfile", "--build-arg", "--label", "--tag", "--target", "--platform", "--progress", "--secret"),
    *("--memory", "--memory-swap", "--cpu-period", "--cpu-quota", "--cgroup-parent", "--builder"),
)
_NETWORKS = ("default", "none", "bridge")


def build_powers(argv: Sequence[str]) -> frozenset[HostPower]:
    """`docker build …` or `docker-buildx build …`, options before a `--` only."""
    words = list(argv[argv.index("build") + 1 :]) if "build" in argv else ["?"]
    while words and words[0] != "--":
        option, value = words.pop(0), words[0] if words else ""
        if option in _FLAGS:
            continue
        words = words[1:]
        if option in _HARMLESS or (option == "--network" and value in _NETWORKS):
            continue
        return frozenset({HostPower.BUILD})
    return frozenset() if len(words) == 2 else frozenset({HostPower.BUILD})
