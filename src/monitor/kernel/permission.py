"""Levels, rights and host powers: what a person may do to one resource, in the words people are told."""

from enum import StrEnum


class Level(StrEnum):
    """How far someone's power over one resource goes; each level includes those before it.

    read = state and what its owner may see; execute = repeat what is stored;
    write = run any code in that container and use every secret it names.
    """

    NONE = "none"
    READ = "read"
    EXECUTE = "execute"
    WRITE = "write"

    @property
    def rank(self) -> int:
        """0 for none up to 3 for write."""
        return _RANKS[self]

    def covers(self, other: "Level") -> bool:
        """Whether someone at this level may do what needs `other`."""
        return self.rank >= other.rank


_RANKS = {Level.NONE: 0, Level.READ: 1, Level.EXECUTE: 2, Level.WRITE: 3}


class Right(StrEnum):
    """A specific power beside the level; holding a level never implies one."""

    LOGS = "logs"
    TERMINAL = "terminal"
    INSPECT = "inspect"
    PROCESSES = "processes"
    UNMANAGED = "unmanaged"
    USE = "use"
    MANAGE = "manage"
    CREATE = "create"


class HostPower(StrEnum):
    """Something that amounts to root on a host: a right of its own per server, and a switch in the host's policy."""

    PRIVILEGED = "privileged"
    BIND = "bind"
    NAMESPACES = "namespaces"
    DEVICES = "devices"
    CAPABILITIES = "capabilities"
    SECURITY = "security"
    SYSCTLS = "sysctls"
    RUNTIME = "runtime"
    CGROUP = "cgroup"
    VOLUMES_FROM = "volumes_from"
    RAW = "raw"
    EXEC = "exec"
    TERMINAL = "terminal"
    BUILD = "build"
    COMMAND = "command"
    FILES = "files"


class Access(StrEnum):
    """Who may ask for an operation that is on no resource."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ADMIN = "admin"
