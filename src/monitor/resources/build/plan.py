"""From a build's config to what its host is asked to do. Pure."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from monitor.abilities.build import plan as build_plan
from monitor.abilities.build.calls import BuildImage, Limits, NoCommand, OnHost
from monitor.abilities.build.powers import build_powers
from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.abilities.git.plan import check_source
from monitor.abilities.push.calls import Destination
from monitor.kernel.activity import BUILDER, SOURCE
from monitor.kernel.claims import Claims
from monitor.kernel.errors import FieldError, Invalid
from monitor.kernel.hostview import HostView, Link
from monitor.kernel.permission import HostPower
from monitor.kernel.resource import NoStatus, StatusInput
from monitor.resources.build import rules
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.naming import check_names, image_name
from monitor.resources.git_account.spec import GitService

_SERVICES = {
    "github.com": GitService.GITHUB,
    "gitlab.com": GitService.GITLAB,
    "codeberg.org": GitService.GITEA,
    "gitea.com": GitService.GITEA,
}

NOTHING_BUILT = "it has built nothing yet"
NO_REGISTRY = "it names no registry to push to"
NO_SOURCE = "it has no source: give it a repository, or write a Dockerfile"


def validate(old: BuildConfig | None, new: BuildConfig) -> None:
    """Refuse what no build could be run with."""
    del old
    for field, path in (("context", new.context), ("dockerfile", new.dockerfile)):
        if not path or path.startswith("/") or ".." in path.split("/") or "\0" in path:
            raise Invalid.field(f"config.{field}", "must be a path inside the repository")
    _check_source(new)
    check_names(new)
    rules.check(new)


def _check_source(new: BuildConfig) -> None:
    """At most one source, of what git can fetch, with an account where none gets in without."""
    if new.source is not None and new.written.strip():
        raise Invalid.field(
            "config.written", "there is a source already: give either that or a Dockerfile written here"
        )
    if new.source is None:
        return
    try:
        address = check_source(new.source)
    except Invalid as wrong:
        raise Invalid(wrong.message, tuple(FieldError(f"config.{f.path}", f.message) for f in wrong.fields)) from None
    if address.scheme == "ssh" and new.account is None:
        raise Invalid.field("config.account", "over ssh a git account with a key is needed")


def powers(config: BuildConfig) -> frozenset[HostPower]:
    """What its argument list would ask for, a folder of the host as the source, and a command on the host."""
    folders = build_plan.Folders(Path("/"))
    place = build_plan.Place(folders.clone, folders.clone)
    found = build_powers(build_plan.buildkit(work(config, "image", "0.0.1", ()), folders, place, Path("/buildx")))
    if config.source is not None and config.source.url.startswith("file:"):
        found |= {HostPower.BUILD}
    return found | {HostPower.COMMAND} if isinstance(config.before, OnHost) else found


def commit_url(source: GitSource | None, commit: str, service: GitService) -> str:
    """The commit's page; empty where nobody knows how it is addressed."""
    if source is None or not commit:
        return ""
    address = Address.of(source.url)
    name = address.host.partition(":")[0]
    known = _SERVICES.get(name, service)
    if known is GitService.OTHER or address.scheme == "file":
        return ""
    host = f"{address.scheme}://{address.host}" if address.scheme != "ssh" else f"https://{name}"
    between = "/-/commit/" if known is GitService.GITLAB else "/commit/"
    return f"{host}/{quote(address.path.strip('/').removesuffix('.git'), safe='/%')}{between}{commit}"


def hinders(given: StatusInput[BuildConfig, BuildInfo], status: NoStatus) -> dict[str, str]:
    """A build runs while its builder and the Docker there answer."""
    unheard, config = silent(given.view), given.config
    sourceless = NO_SOURCE if config.source is None and not config.written.strip() else ""
    unpushed = "" if config.push_to else NO_REGISTRY
    unbuilt = "" if given.info.image else NOTHING_BUILT
    running = sourceless or unheard
    reasons = {
        "build.run": running,
        "build.run_branch": running or ("" if config.source else "it has no repository"),
        "build.push": unpushed or unbuilt or unheard,
        "build.redeploy": unbuilt,
    }
    return {operation: reason for operation, reason in reasons.items() if reason}


def silent(view: HostView | None) -> str:
    """Why the builder does not answer; empty where it does."""
    if view is None or view.link is Link.NEVER:
        return "its builder has no periphery: none has joined yet, or it is disabled"
    if view.link is Link.DOWN:
        return f"its builder does not answer: {view.reason}"
    return "" if view.docker else f"Docker on its builder does not answer: {view.reason}"


def claims(config: BuildConfig, info: BuildInfo) -> Claims:
    """What it needs of its builder: the image of its newest version, and the mirror of its repository."""
    images = tuple(image for image in (info.image, info.image_id) if image)
    return Claims(images=images, repositories=(config.source.url,) if config.source else ())


def lanes(config: BuildConfig) -> tuple[str, ...]:
    """What a run waits its turn for beside its own build: its builder, and its source unless that may be shared."""
    builder = f"{BUILDER}:{config.builder.server}"
    if config.source is None or config.beside_same_source:
        return (builder,)
    return (builder, f"{SOURCE}:{source_key(config.source)}")


def source_key(source: GitSource) -> str:
    """The same for each way to write one repository, at one branch, tag or commit."""
    address = Address.of(source.url)
    path = address.path.strip("/").removesuffix(".git")
    what = "\0".join((address.host, path, source.branch, source.tag, source.commit))
    return hashlib.sha256(what.encode()).hexdigest()[:32]


class Accounts(Struct, frozen=True, kw_only=True):
    """Who a build says it is, with secrets in clear: for the job's message only."""

    git: GitAuth | None = None
    base: tuple[RegistryAuth, ...] = ()
    """One for each registry."""
    push: tuple[RegistryAuth | None, ...] = ()
    """In the order of `push_to`; empty: nobody says who pushes."""


def destinations(
    config: BuildConfig, tags: tuple[str, ...], accounts: Sequence[RegistryAuth | None], own: tuple[str, ...] = ()
) -> tuple[Destination, ...]:
    """Where an image goes, and as who; `own`: those of the tags that are never taken from another image."""
    known = accounts or [None] * len(config.push_to)
    pairs = zip(config.push_to, known, strict=True)
    return tuple(Destination(image=to.image, tags=tags, own=own, auth=auth) for to, auth in pairs)


def steps(config: BuildConfig) -> tuple[str, ...]:
    """Those its runs take."""
    before = () if isinstance(config.before, NoCommand) else ("before",)
    push = ("push",) if config.push_to else ()
    return ("clone" if config.source else "write", *before, "build", "inspect", *push)


def work(
    config: BuildConfig,
    name: str,
    version: str,
    labels: tuple[tuple[str, str], ...],
    *,
    tags: tuple[str, ...] = (),
    own: tuple[str, ...] = (),
    accounts: Accounts | None = None,
) -> BuildImage:
    """What the builder is asked to do for one version, which is a tag there beside these."""
    image, accounts = image_name(config, name), accounts or Accounts()
    return BuildImage(
        source=config.source,
        auth=accounts.git,
        written=config.written,
        context=config.context,
        dockerfile=config.dockerfile,
        before=config.before,
        maker=config.maker,
        target=config.target,
        platform=config.platform,
        network=config.network,
        entitlements=config.entitlements,
        arguments=tuple((a.name, a.value) for a in config.arguments),
        secrets=tuple((s.name, s.value or "") for s in config.secrets),
        limits=Limits(memory=config.memory, cpus=config.cpus, processes=config.processes, output=config.output_limit),
        labels=(*((label.name, label.value) for label in config.labels), *labels),
        tags=tuple(f"{image}:{tag}" for tag in dict.fromkeys((version, *tags))),
        accounts=accounts.base,
        push=destinations(config, tags, accounts.push, own),
        pull=config.pull,
        no_cache=config.no_cache,
    )
