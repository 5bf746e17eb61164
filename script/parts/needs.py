"""What Monitor's own scripts need, by what one is about to do."""

from parts import environment, packages

NEEDS = {
    "run": (packages.GIT, packages.VENV, packages.DOCKER),
    "dev": (
        packages.GIT,
        packages.VENV,
        packages.DOCKER,
        packages.BUSYBOX,
        packages.REGISTRY,
        packages.NETWORK,
        packages.FIREWALL,
        packages.BOOTSTRAP,
    ),
    "bench": (
        packages.GIT,
        packages.VENV,
        packages.DOCKER,
        packages.BUSYBOX,
        packages.REGISTRY,
        packages.LOAD,
    ),
}


def prepare(kind: str) -> None:
    """Have all of it: Debian packages, then the Python environment. GiveUp when something cannot be had."""
    packages.ensure(NEEDS[kind])
    packages.ensure([packages.DOCKER_CLI])
    environment.ensure("dev" if kind == "bench" else kind)
