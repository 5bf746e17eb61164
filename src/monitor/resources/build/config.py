"""Config: what people set on a build; a repository, how its image is made and named, and where."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from monitor.abilities.build.calls import BuildNetwork, Maker, NoCommand
from monitor.abilities.git.calls import GitSource
from monitor.kernel.marks import refers_to, shown, text_form
from monitor.kernel.permission import Level, Right
from monitor.resources.build import fields
from monitor.resources.build.registries import PUSHING, TAGS, BaseAccount, PushTo, account_of, push_of


def source_of(text: str) -> dict[str, Any]:
    """`https://host/repo#branch` or `git@host:repo`, and what else is to be said of it behind that, apart by spaces."""
    address, *words = text.split() or [""]
    url, _, branch = address.partition("#")
    source: dict[str, Any] = {"url": url, "branch": branch}
    for word in words:
        name, _, value = word.partition("=")
        if name in ("tag", "commit") and value:
            source[name] = value
        elif name == "folder" and value:
            source["folders"] = [*source.get("folders", []), value]
        elif word == "submodules":
            source["submodules"] = True
        else:
            raise ValueError(f"{word!r} says nothing of a source: write {_MORE}")
    return source


def pair_of(text: str) -> dict[str, Any]:
    """`NAME=value`; ValueError without a `=`."""
    name, found, value = text.partition("=")
    if not found:
        raise ValueError(f"{text!r} has no '='; write NAME=value")
    return {"name": name, "value": value}


def builder_of(text: str) -> dict[str, Any]:
    """A server's name."""
    return {"kind": "server", "server": text}


_MORE = "tag=v1, commit=1a2b3c4, submodules, or folder=apps/web"
Text = Annotated[str, Meta(max_length=4096)]
_DOCS = "https://docs.docker.com/build"


class ServerBuilder(Struct, frozen=True, kw_only=True, tag_field="kind", tag="server"):
    """Build on a server's own Docker."""

    server: Annotated[
        str, refers_to("server", Level.EXECUTE), shown("Server", "Its Docker builds the image and keeps it.")
    ]


class Argument(Struct, frozen=True, kw_only=True):
    """A build argument; it stands in the image's history, so it is no place for a secret."""

    name: Annotated[
        str,
        Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=128),
        shown("Name", "As an ARG of the Dockerfile calls it."),
    ]
    value: Annotated[Text, shown("Value", "Anyone who has the image can read it: no place for a secret.")] = ""


class Label(Struct, frozen=True, kw_only=True):
    """A label of the image."""

    name: Annotated[
        str, Meta(min_length=1, max_length=256), shown("Name", "For example `org.opencontainers.image.url`.")
    ]
    value: Annotated[Text, shown("Value", "Any text.")] = ""


class BuildConfig(Struct, frozen=True, kw_only=True):
    """What people set on a build."""

    builder: Annotated[
        ServerBuilder, text_form(builder_of, "my-server"), shown("Builder", "Where it is built.", group="Builder")
    ]
    source: Annotated[
        GitSource | None,
        text_form(source_of, "https://host/owner/repo#branch or 'URL tag=v1 submodules folder=apps/web'"),
        shown("Source", "The repository the image is made from.", group="Source"),
    ] = None
    account: Annotated[
        str | None,
        refers_to("git_account", Right.USE),
        shown("Git account", "Who fetches the source; none: anybody may.", group="Source"),
    ] = None
    written: Annotated[
        str,
        Meta(max_length=1_000_000, pattern=r"^[^\x00]*$"),
        shown(
            "Dockerfile written here",
            "Instead of a source: all there is, with no files beside it.",
            group="Source",
            docs="https://docs.docker.com/reference/dockerfile/",
            lines=True,
        ),
    ] = ""
    image: Annotated[
        str,
        Meta(max_length=200),
        shown("Image name", "On its builder; empty: the build's own name.", group="Image"),
    ] = ""
    image_tags: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...],
        Meta(max_length=20),
        shown(
            "Tags",
            "{version} {major} {minor} {patch} {commit} {short_commit} {branch} {date} {time} stand for what they say.",
            group="Image",
            docs=TAGS,
        ),
    ] = ("{version}", "latest")
    push_to: Annotated[
        tuple[PushTo, ...],
        Meta(max_length=20),
        text_form(push_of, "ghcr.io/team/web=ACCOUNT"),
        shown("Push to", "Registries that get each version.", group="Image", docs=PUSHING),
    ] = ()
    context: Annotated[
        str,
        Meta(max_length=500),
        shown("Context folder", "Folder of the repository to build.", group="Build", docs=f"{_DOCS}/concepts/context/"),
    ] = "."
    dockerfile: Annotated[
        str,
        Meta(max_length=500),
        shown(
            "Dockerfile",
            "Path inside the context.",
            group="Build",
            docs="https://docs.docker.com/reference/dockerfile/",
        ),
    ] = "Dockerfile"
    target: fields.Target = ""
    arguments: Annotated[
        tuple[Argument, ...],
        text_form(pair_of, "NAME=value"),
        shown(
            "Arguments",
            "Values for the Dockerfile's ARG instructions.",
            group="Build",
            docs=f"{_DOCS}/building/variables/",
        ),
    ] = ()
    secrets: fields.Secrets = ()
    labels: Annotated[
        tuple[Label, ...],
        text_form(pair_of, "name=value"),
        shown(
            "Labels",
            "Put on the image beside Monitor's own.",
            group="Image",
            docs="https://docs.docker.com/engine/manage-resources/labels/",
        ),
    ] = ()
    base_accounts: Annotated[
        tuple[BaseAccount, ...],
        Meta(max_length=20),
        text_form(account_of, "my-account"),
        shown(
            "Accounts for base images",
            "Who fetches them from private registries; those that push count, too.",
            group="Build",
        ),
    ] = ()
    pull: Annotated[
        bool, shown("Pull base images", "Ask the registry for newer base images each time.", group="Build")
    ] = False
    no_cache: Annotated[
        bool,
        shown("Without cache", "Run every step anew, however little changed.", group="Build", docs=f"{_DOCS}/cache/"),
    ] = False
    maker: fields.MadeBy = Maker.AUTO
    platform: fields.Platform = ""
    network: fields.Network = BuildNetwork.DEFAULT
    entitlements: fields.Entitlements = ()
    before: fields.Before = NoCommand()
    memory: fields.Memory = 0
    cpus: fields.Cpus = 0.0
    processes: fields.Processes = 0
    output_limit: fields.OutputLimit = 0
    time_limit: fields.TimeLimit = 3600
    beside_same_source: Annotated[
        bool,
        shown(
            "Beside others of its source",
            "May run while another build of the same repository and branch does; off: one after another.",
            group="Behaviour",
        ),
    ] = False
    redeploy_limit: Annotated[
        int,
        Meta(ge=1, le=100),
        shown(
            "Redeploys at a time",
            "Of the deployments that ask for it, so many are redeployed side by side; 1: one after another.",
            group="After a build",
        ),
    ] = 1
    redeploy_stop_on_failure: Annotated[
        bool,
        shown(
            "Stop on failure",
            "Leave the rest as they are once a redeploy has not succeeded.",
            group="After a build",
        ),
    ] = True
