"""Messages about terminals in containers."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerName
from monitor.kernel.call import Call, Session
from monitor.kernel.job import HostJob
from monitor.kernel.permission import HostPower

WINDOW = 256 * 1024
"""Bytes a terminal writes before its reader has said that he has them, and bytes kept to be shown again."""
INPUT_WINDOW = 256 * 1024
"""Bytes sent to a terminal before it has said that its process has taken them."""
LINGER = 30.0
"""Seconds a terminal lives on while nobody is connected to it, and its last words after its end."""

TerminalId = Annotated[str, Meta(pattern=r"^[0-9A-Z]{26}$")]
"""Id of the activity, which is also the job's."""
Side = Annotated[int, Meta(ge=1, le=1000)]
"""Columns or rows."""


class Size(Struct, frozen=True):
    """Of the window it is shown in."""

    columns: Side = 80
    rows: Side = 24


class TerminalEnded(Struct, frozen=True, kw_only=True):
    """How a terminal ended."""

    exit_code: int | None = None
    """The command's; None where it is not known."""
    reason: str = ""
    """Why it was closed; empty when the command ended by itself."""
    command: str = ""
    """The program that ran, without its arguments."""
    left: int = 0
    """Processes of it that could not be ended."""


class OpenTerminal(HostJob[TerminalEnded], frozen=True, kw_only=True, tag="terminal.open"):
    """Run a command in a running container until it ends or is closed. Its output is told to who attaches only."""

    container: ContainerName
    deployment: str = ""
    """NotFound unless the container carries this deployment's label; empty: do not look."""
    command: tuple[str, ...] = ()
    """Empty: bash if the container has it, else sh."""
    user: str = ""
    """Empty: the container's own."""
    workdir: str = ""
    tty: bool = True
    size: Size = Size()
    idle: Annotated[float, Meta(gt=0)] = 1800.0
    """Seconds without input or output after which it is closed."""
    total: Annotated[float, Meta(gt=0, le=82_800)] = 43_200.0
    """Seconds after which it is closed."""
    powers: tuple[HostPower, ...] = ()
    """Host powers of who opens it: refused where the container holds others."""


class CloseTerminal(Call[None], frozen=True, kw_only=True, tag="terminal.close"):
    """End a terminal, saying why; one that has ended stays as it ended."""

    timeout: ClassVar[float] = 5.0

    id: TerminalId
    reason: str


class Typed(Struct, frozen=True, array_like=True, tag="typed"):
    """Bytes for the process."""

    data: bytes


class InputEnded(Struct, frozen=True, array_like=True, tag="eof"):
    """Nothing more comes; only for a terminal without tty."""


class Resized(Struct, frozen=True, array_like=True, tag="resize"):
    """The window has another size."""

    size: Size


class Seen(Struct, frozen=True, array_like=True, tag="seen"):
    """The reader has so many bytes of its output."""

    upto: int


class Closed(Struct, frozen=True, array_like=True, tag="close"):
    """The person ends it."""

    reason: str


ToTerminal = Typed | InputEnded | Resized | Seen | Closed


class Began(Struct, frozen=True, array_like=True, tag="began"):
    """The first message: what runs, and from which byte on its output follows."""

    command: str
    at: int
    upto: int
    """What comes before this byte was written before the reader came."""
    lost: int = 0
    """Bytes before `at` which the reader has not got and which are no longer kept."""


class Written(Struct, frozen=True, array_like=True, tag="written"):
    """Output; `at` is the place of its first byte among all it wrote. `stream` is 1, or 2 for stderr without a tty."""

    at: int
    stream: int
    data: bytes


class Taken(Struct, frozen=True, array_like=True, tag="taken"):
    """The process has taken so many bytes more of what this connection typed."""

    count: int


class Warned(Struct, frozen=True, array_like=True, tag="warned"):
    """It will be closed soon, and why; empty: not any more."""

    text: str


class Ended(Struct, frozen=True, array_like=True, tag="ended"):
    """The last message."""

    exit_code: int | None
    reason: str


FromTerminal = Began | Written | Taken | Warned | Ended


class AttachTerminal(Session[ToTerminal, FromTerminal], frozen=True, kw_only=True, tag="terminal.attach"):
    """Connect to a terminal, in place of whoever was. Its last output comes again, or what follows `after` bytes."""

    id: TerminalId
    after: int | None = None
