"""From a build's config to what its host is asked to do. Pure."""

import re

from monitor.abilities.build.calls import BuildImage
from monitor.kernel.errors import Invalid
from monitor.kernel.hostview import Link
from monitor.kernel.resource import NoStatus, StatusInput
from monitor.resources.build.spec import BuildConfig, BuildInfo

# The grammar of a reference without tag or digest, github.com/distribution/reference.
_HOST = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?"
_PART = r"[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*"
_IMAGE = re.compile(rf"{_HOST}{_PART}(?:/{_PART})*")
_BRANCH_BAD = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock(/|$)|^[-/.]|[/.]$")


def validate(old: BuildConfig | None, new: BuildConfig) -> None:
    """Refuse what no build could be run with."""
    del old
    if new.image and _IMAGE.fullmatch(new.image) is None:
        raise Invalid.field("config.image", "no valid image name; use lower case, without a tag: `team/web`")
    for field, path in (("context", new.context), ("dockerfile", new.dockerfile)):
        if not path or path.startswith("/") or ".." in path.split("/") or "\0" in path:
            raise Invalid.field(f"config.{field}", "must be a path inside the repository")
    if new.source.branch and _BRANCH_BAD.search(new.source.branch):
        raise Invalid.field("config.source.branch", "no valid branch name (see `git help check-ref-format`)")
    names = [a.name for a in new.arguments]
    for name in names:
        if names.count(name) > 1:
            raise Invalid.field("config.arguments", f"{name} is given twice")


def hinders(given: StatusInput[BuildConfig, BuildInfo], status: NoStatus) -> dict[str, str]:
    """A build runs while its builder and the Docker there answer."""
    view = given.view
    if view is None or view.link is Link.NEVER:
        return {"build.run": "its builder has no periphery: none has joined yet, or it is disabled"}
    if view.link is Link.DOWN:
        return {"build.run": f"its builder does not answer: {view.reason}"}
    return {} if view.docker else {"build.run": f"Docker on its builder does not answer: {view.reason}"}


def next_version(version: str) -> str:
    """`0.0.1` → `0.0.2`."""
    major, minor, patch = version.split(".")
    return f"{major}.{minor}.{int(patch) + 1}"


def image_name(config: BuildConfig, name: str) -> str:
    """The image's name without tag."""
    return config.image or name


def work(config: BuildConfig, name: str, version: str, labels: tuple[tuple[str, str], ...]) -> BuildImage:
    """What the builder is asked to do for one version."""
    image = image_name(config, name)
    return BuildImage(
        source=config.source,
        context=config.context,
        dockerfile=config.dockerfile,
        arguments=tuple((a.name, a.value) for a in config.arguments),
        labels=(*((label.name, label.value) for label in config.labels), *labels),
        tags=(f"{image}:{version}", f"{image}:latest"),
        pull=config.pull,
        no_cache=config.no_cache,
    )
