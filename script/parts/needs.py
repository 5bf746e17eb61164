"""What Monitor's own scripts need, by what one is about to do."""

from parts import browser, buildx, environment, packages, web

NEEDS = {
    "run": (packages.GIT, packages.VENV, packages.DOCKER),
    "dev": (
        packages.GIT,
        packages.VENV,
        packages.DOCKER,
        packages.BUSYBOX,
        packages.REGISTRY,
        packages.SSH,
        packages.NETWORK,
        packages.FIREWALL,
        packages.BOOTSTRAP,
        browser.CHROMIUM,
    ),
    "bench": (
        packages.GIT,
        packages.VENV,
        packages.DOCKER,
        packages.BUSYBOX,
        packages.REGISTRY,
        packages.LOAD,
    ),
    "web": (packages.VENV,),
    "pictures": (packages.VENV, browser.CHROMIUM),
}


def prepare(kind: str) -> None:
    """Have all of it: Debian packages, the Python environment, the web app. GiveUp when something cannot be had."""
    packages.ensure(NEEDS[kind])
    if packages.DOCKER in NEEDS[kind]:
        packages.ensure([packages.DOCKER_CLI])
    if kind in ("dev", "bench"):
        buildx.ensure()
    environment.ensure({"bench": "dev", "web": "run", "pictures": "dev"}.get(kind, kind))
    if kind in ("dev", "web", "pictures"):
        web.ensure_packages()
    if kind != "web":
        web.ensure_built()
