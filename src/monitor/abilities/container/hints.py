"""Hints: the likely way out, from what Docker, a registry or the container said; none of it is repeated. Pure."""

import re
from collections.abc import Iterable, Sequence

Table = tuple[tuple[str, str], ...]
"""Patterns, without regard to case, and what to do; the first that fits counts."""

_LONGEST = 400
"""Characters of a line that are looked at: whoever wrote it must not keep the host busy."""
_DISK = "the disk is full: free some of it, of images nobody uses for instance"
_DAEMON: Table = (
    (
        r"exec: .*(executable file not found|no such file or directory)",
        "the image holds no such command: check command and entrypoint, which are lists and no shell lines",
    ),
    (
        r"exec: .*permission denied",
        "its command is no program that may be run: make it executable in the image (chmod +x)",
    ),
    (r"no command specified", "the image has no command of its own: set one"),
    (r"no such image", "build the image first, or check its name"),
    (r"invalid reference format|must be lowercase", "write the image as Docker does, name:tag in lower case"),
    (
        r"unable to find (user|group)|no matching entries in (passwd|group)",
        "the image knows no such user or group: give it as a number, or add it to the image",
    ),
    (r"bind source path does not exist", "make the folder on the host first, or check its path"),
    (
        r"mount a directory onto a file",
        "one of the two is a folder and the other a file: check the volume's source and target",
    ),
    (r"duplicate mount point", "two volumes go to the same place in the container: leave one out"),
    (r"gathering device information", "the host has no such device: check its path"),
    (
        r"could not select device driver",
        "the host's Docker gives no GPUs to containers: set up their maker's container toolkit there, or ask for none",
    ),
    (r"minimum memory limit", "raise the memory limit: Docker takes no less than 6 MB"),
    (r"range of cpus is from", "the host has fewer processors: lower the number of cpus"),
    (r"unknown capability", "check the capability's name"),
    (r"is already paused", "nothing is to be done: `unpause` lets it go on"),
    (r"is not paused", "nothing is to be done: it goes on already, or does not run"),
    (r"is not running", "start it first"),
    (r"invalid signal", "write a signal as Docker does: SIGTERM, TERM or its number"),
    (
        r"cannot unmarshal .*hostconfig",
        "a value in the raw HostConfig is of another kind than Docker takes there: check the field it names",
    ),
    (
        r"logging (plugin|driver)|log driver|log opt",
        "the host's Docker has no such log driver, or the driver no such option: check both",
    ),
    (r"unknown runtime specified", "the host's Docker has no such runtime: set it up there, or leave it out"),
    (r"network .*not found", "make the network first, or check its name"),
    (
        r"^address already in use",
        "another container has this address on the network: choose another, or leave it to Docker",
    ),
    (
        r"does not belong to any of this network's subnets|user specified ip address",
        "a fixed address must lie in a subnet the network was made with: choose another, or leave it to Docker",
    ),
    (r"no such container", "the container whose network or volumes it shares is not there: start that one first"),
    (
        r"name .*is already in use",
        "another container has this name: give the deployment another, or remove that container",
    ),
    (r"no space left on device", _DISK),
    (r"cannot allocate memory", "the host has no memory left: stop something, or move this to another server"),
    (
        r"no such file or directory|permission denied|not a directory|read-only file system",
        "check command, entrypoint, working directory and mounted paths against what image and host hold",
    ),
)
_REGISTRY: Table = (
    (
        r"manifest unknown|manifest for .* not found|tag .*not found",
        "the registry has no such tag: check the image's version",
    ),
    (r"no matching manifest for", "the image is not made for this host's kind of processor: choose another tag"),
    (r"toomanyrequests|rate limit", "the registry gives no more for now: choose a registry account, or wait"),
    (
        r"x509|certificate",
        "the host does not trust the registry's certificate: add its authority to the host's Docker "
        "(/etc/docker/certs.d)",
    ),
    (
        r"http response to https client",
        "the registry speaks plain HTTP: add it to insecure-registries of the host's Docker",
    ),
    (
        r"no such host|server misbehaving|temporary failure in name resolution",
        "the host finds no registry of that name: check the image's name, and the host's DNS",
    ),
    (
        r"connection refused|timeout|no route to host|unreachable|connection reset|eof",
        "the host does not reach the registry: check the image's name, whether the registry runs, and the network "
        "between",
    ),
    (r"no space left on device", _DISK),
    (r"invalid reference format|must be lowercase", "write the image as Docker does, name:tag in lower case"),
)
_WROTE: Table = (
    (
        r"exec format error",
        "the image is made for another kind of processor, or its command is a script without a first line that "
        "begins with #!",
    ),
    (
        r"exec /\S+: no such file or directory",
        "its command is a script whose interpreter, named in its first line, is not in the image",
    ),
    (
        r"address (already )?in use|\beaddrinuse\b",
        "something else has the port it wants to listen at: in the container, or on the host where it shares the "
        "host's network",
    ),
    (r"read-only file system|\berofs\b", "it writes where nothing can be written: mount a volume or a tmpfs there"),
    (r"no space left on device|\benospc\b", _DISK),
    (
        r"can't fork|resource temporarily unavailable|cannot fork",
        "it may not start as many processes as it wants: raise the limit of pids",
    ),
    (
        r"cannot allocate memory|out of memory|outofmemoryerror|\benomem\b",
        "it needs more memory than there is: raise its limit, or see what it loads",
    ),
    (
        r"(environment|env) ?var.{0,80}(not set|missing|required|undefined|unset|must)|(missing|required|"
        r"undefined).{0,40}environment"
        r"|keyerror: '\w+'|parameter not set|unbound variable|must specify \w+|\b[a-z][a-z0-9]*(_[a-z0-9]+)+ (is|"
        r"must be|was) (not |required|set|defined|missing|empty)",
        "it misses something in its environment: see what it wrote, and set it",
    ),
    (
        r"permission denied|\beacces\b|operation not permitted|\beperm\b",
        "it may not do what it tries: check its user, who owns what is mounted, and its capabilities",
    ),
    (
        r"connection refused|\beconnrefused\b|could not connect|name or service not known|no such host|\benotfound\b|"
        r"getaddrinfo|bad address",
        "something it needs does not answer: see whether that runs, and whether both are on the same network",
    ),
    (
        r"no such file or directory|\benoent\b|cannot find module|modulenotfounderror|not found",
        "something it needs is not in the container: check the image, the volumes and the working directory",
    ),
)
_SILENT: Table = (
    (
        r"it answers (401|403)",
        "the probe's path asks who it is: probe one that is open, or let this status count as up",
    ),
    (r"it answers \d+", "it runs and answers: check the probe's path, and which statuses count as up"),
    (r"speaks no http", "what listens there is no plain HTTP: choose a TCP probe, or another port"),
    (r"no address of its own", "put it on a bridge network, or leave it to a health check in place of the probe"),
)
_CODES = {
    0: "it ended without an error: its command must stay in the foreground",
    125: "it could not be run at all: see what it wrote",
    126: "its command cannot be run: check command and entrypoint against what the image holds",
    127: "its command cannot be found: check command and entrypoint against what the image holds",
    132: "it ran an instruction this processor does not know: choose an image made for it",
    137: "it was killed: by somebody, or by the kernel for want of memory on the host",
    139: "it crashed: see what it wrote, and try another version of the image",
    143: "something told it to end: see what it wrote, and who else manages this host",
}
_ELSE = "see what it wrote, then its command, environment and volumes"


def of_daemon(text: str) -> str:
    """For what the daemon answered to a create or a start; empty where nothing is known."""
    return _first(_DAEMON, (text,))


def of_registry(text: str) -> str:
    """For a pull that failed; empty where nothing is known."""
    return _first(_REGISTRY, (text,))


def of_silence(text: str) -> str:
    """For a probe that got no answer, or another than it wants: `text` says why, as `dialled` tells it."""
    return _first(_SILENT, (text,)) or (
        "see whether the program listens on that port at every address, not only at 127.0.0.1, or needs longer"
    )


def of_end(code: int | None, lines: Sequence[str], *, out_of_memory: bool = False) -> str:
    """For a container that ended with this code after writing these lines; without a code it runs, but is not well."""
    if out_of_memory:
        return "it needed more memory than it may have: raise its limit or see what it loads"
    found = _first(_WROTE, [line[:_LONGEST] for line in reversed(lines)])
    if code is None:
        return found or "see what its health check needs, and whether it needs longer"
    return found or _CODES.get(code, _ELSE)


def _first(table: Table, texts: Iterable[str]) -> str:
    for text in texts:
        for pattern, hint in table:
            if re.search(pattern, text, re.IGNORECASE | re.DOTALL):
                return hint
    return ""
