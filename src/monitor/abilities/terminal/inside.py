"""Inside: ending a terminal's processes from inside its container, where the agent may not do so from outside: it is
no root, or in a container itself, and does not see them.
"""

from monitor.abilities.docker.engine import Engine
from monitor.abilities.terminal.place import Place
from monitor.abilities.terminal.program import MARK, started
from monitor.abilities.terminal.shell import find_shell
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import MonitorError

_LIMIT = 10.0
_SCRIPT = f"""
id=$1 sessions=" $2 " n=0
shift 2
marked() {{
  while IFS= read -r l || [ -n "$l" ]; do
    case $l in *"{MARK}=$id"*) return 0 ;; esac
  done 2>/dev/null <"/proc/$1/environ"
  return 1
}}
stat() {{
  l=
  read -r l 2>/dev/null <"/proc/$1/stat" || return 1
  set -- ${{l##*) }}
  s=$4
  case $1 in Z | X) return 1 ;; esac
}}
for d in /proc/[0-9]*; do
  p=${{d#/proc/}}
  marked "$p" && stat "$p" && [ "$s" -gt 1 ] && sessions="$sessions$s "
done 2>/dev/null
for d in /proc/[0-9]*; do
  p=${{d#/proc/}}
  stat "$p" || continue
  case $sessions in
  *" $s "*)
    n=$((n + 1))
    for signal in "$@"; do kill "-$signal" "$p"; done
    ;;
  esac
done 2>/dev/null
echo "$n"
"""
"""Ours alone; the id and signals are its arguments. Only what a shell has built in: the container may have no more.
What an exec starts has a session of its own (proc(5), stat: the fourth field after the name).
"""


async def signal_inside(docker: Engine, clock: Clock, place: Place, signals: tuple[str, ...]) -> int | None:
    """How many processes there were, each of which was sent the signals; None where nobody could look.

    First as the terminal's own user, who can see the marks; then as root, who may signal what that one became.
    """
    shell = await find_shell(docker, place.container)
    if shell is None:
        return None
    command = [*shell, "-c", _SCRIPT, "sh", place.id, str(place.leader or ""), *signals]
    users = dict.fromkeys((place.user, "0"))
    counts = [await _run(docker, clock, place.container, command, user) for user in users]
    known = [count for count in counts if count is not None]
    return max(known) if known else None


async def _run(docker: Engine, clock: Clock, container: str, command: list[str], user: str) -> int | None:
    said = b""
    try:
        async with (
            deadline(clock, _LIMIT),
            started(docker, clock, container, command, id="", user=user, tty=False) as program,
        ):
            await program.end_input()
            while (told := await program.read()) is not None:
                said += told[1] if told[0] == 1 else b""
        return int(said)
    except (MonitorError, TimeoutError, ValueError):
        return None
