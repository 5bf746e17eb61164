"""A terminal in the container."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, Needs
from monitor.kernel.permission import Right

Word = Annotated[str, Meta(max_length=16_384, pattern=r"^[^\x00]*$")]


class Terminal(Action, frozen=True, kw_only=True, tag="deployment.terminal"):
    """Open a terminal in the running container, or run a command there; all it started ends with it."""

    needs: ClassVar[Needs] = Right.TERMINAL
    attended: ClassVar[bool] = True

    command: Annotated[
        tuple[Word, ...],
        Meta(max_length=256),
        shown("Command", "A program and its arguments, which stand in the record; none: bash if there, else sh."),
    ] = ()
    user: Annotated[
        str,
        Meta(max_length=200, pattern=r"^[A-Za-z0-9_.:$-]*$"),
        shown("User", "name or number, and group after a colon; none: the container's own."),
    ] = ""
    workdir: Annotated[
        str,
        Meta(max_length=4096, pattern=r"^(/[^\x00]*)?$"),
        shown("Folder", "Where it begins, an absolute path; none: the container's own."),
    ] = ""
    tty: Annotated[bool, shown("Terminal", "Off: plain input and output, stderr apart, for pipes.")] = True
    columns: Annotated[int, Meta(ge=1, le=1000), shown("Columns")] = 80
    rows: Annotated[int, Meta(ge=1, le=1000), shown("Rows")] = 24
