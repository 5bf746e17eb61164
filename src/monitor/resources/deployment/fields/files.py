"""Files: texts kept in Monitor that the container finds as variables, or as files in its own file system."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import SECRET, secret_text, shown, text_form
from monitor.resources.deployment import text
from monitor.resources.deployment.envfile import SHORTEST_SECRET, secret_values
from monitor.resources.deployment.fields.links import DOCS, RUN
from monitor.resources.deployment.fields.texts import FileMode
from monitor.resources.deployment.values import Value

_FileName = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f/]+$")]
_Path = Annotated[str, Meta(max_length=1024, pattern=r"^/[^\x00]*[^\x00/]$")]
_Id = Annotated[int, Meta(ge=0, le=2**31 - 1)]
_COPIED = "copied into the container's own layer on the server's disk before it starts, and gone with the container"


class EnvFile(Struct, frozen=True, kw_only=True):
    """Variables as lines of text."""

    name: Annotated[_FileName, shown("Name", "To tell it from others: `web.env`.")]
    content: Annotated[
        Value, shown("Content", "A line for each: `NAME=value`; # begins a comment, quotes are kept.", lines=True)
    ] = ""


class SecretEnvFile(Struct, frozen=True, kw_only=True):
    """Variables as lines of text that is stored encrypted and never shown."""

    name: Annotated[_FileName, shown("Name", "To tell it from others: `secrets.env`.")]
    content: Annotated[
        Value | None,
        secret_text(secret_values),
        shown(
            "Content",
            f"A line for each: `NAME=value`. Values of {SHORTEST_SECRET} letters or more are kept out of logs.",
            lines=True,
        ),
    ] = None


class ConfigFile(Struct, frozen=True, kw_only=True):
    """A file the container finds when it starts."""

    path: Annotated[_Path, shown("Path", "Absolute path inside the container.")]
    content: Annotated[Value, shown("Content", "Everybody who may read the deployment sees it.", lines=True)] = ""
    mode: Annotated[FileMode, shown("Mode", "Permissions in octal.")] = "0644"
    uid: Annotated[_Id, shown("User id", "Who owns it, by number.")] = 0
    gid: Annotated[_Id, shown("Group id", "Which group owns it, by number.")] = 0


class SecretFile(Struct, frozen=True, kw_only=True):
    """The same, stored encrypted by Monitor and never shown."""

    path: Annotated[_Path, shown("Path", "Absolute path inside the container.")]
    content: Annotated[
        Value | None, SECRET, shown("Content", "Never shown again; leave it out to keep it.", lines=True)
    ] = None
    mode: Annotated[FileMode, shown("Mode", "Permissions in octal.")] = "0400"
    uid: Annotated[_Id, shown("User id", "Who owns it, by number: who the program runs as.")] = 0
    gid: Annotated[_Id, shown("Group id", "Which group owns it, by number.")] = 0


EnvFiles = Annotated[
    tuple[EnvFile, ...],
    Meta(max_length=50),
    text_form(text.env_file, "web.env=@FILE or @FILE"),
    shown(
        "Env files",
        "Variables as text; later files win over earlier ones, single variables over all.",
        group="Environment",
        docs=f"{RUN}#env",
    ),
]
SecretEnvFiles = Annotated[
    tuple[SecretEnvFile, ...],
    Meta(max_length=50),
    text_form(text.secret_env_file, "secrets.env=@FILE or @FILE"),
    shown(
        "Secret env files",
        "The same, stored encrypted and never shown again; they win over env files.",
        group="Environment",
        docs=f"{RUN}#env",
    ),
]
ConfigFiles = Annotated[
    tuple[ConfigFile, ...],
    Meta(max_length=100),
    text_form(text.config_file, "/etc/app.conf=@FILE"),
    shown("Files", f"Texts {_COPIED}.", group="Storage", docs=f"{DOCS}/reference/cli/docker/container/cp/"),
]
SecretFiles = Annotated[
    tuple[SecretFile, ...],
    Meta(max_length=100),
    text_form(text.secret_file, "/run/key=@FILE"),
    shown(
        "Secret files",
        f"Stored encrypted here; {_COPIED}. Root on that server can read them.",
        group="Storage",
        docs=f"{DOCS}/reference/cli/docker/container/cp/",
    ),
]
