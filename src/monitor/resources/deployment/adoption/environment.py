"""Variables of a container, those its image sets left out; what looks like a secret is kept as one."""

import re

from monitor.resources.deployment.adoption.told import Told, items

_SECRET = re.compile(r"PASS|TOKEN|KEY|SECRET|CREDENTIAL|PRIVATE|AUTH|_PW$|^PW$|DSN|DATABASE_URL", re.IGNORECASE)


def looks_secret(name: str) -> bool:
    """By its name alone."""
    return _SECRET.search(name) is not None


def environment(made: Told, own: Told, secrets: tuple[str, ...] | None) -> Told:
    """`secrets`: names of those kept as such; None: those that look like it."""
    of_image = set(items(own, "Env"))
    pairs = [str(entry).partition("=") for entry in items(made, "Env") if entry not in of_image]
    plain: list[dict[str, str]] = []
    hidden: list[dict[str, str]] = []
    for name, _, value in pairs:
        secret = looks_secret(name) if secrets is None else name in secrets
        (hidden if secret else plain).append({"name": name, "value": value})
    return {"environment": plain, "secret_environment": hidden}
