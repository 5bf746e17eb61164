"""The Python environment in `.venv`: exactly the locked packages, checked by hash, and Monitor itself."""

import hashlib
import subprocess
import sys
from pathlib import Path

from parts.packages import run
from parts.say import say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / ".monitor-setup"
LOCKS = {"run": ROOT / "requirements/run.txt", "dev": ROOT / "requirements/dev.txt"}
TOOLS = ROOT / "requirements/tools.txt"


def python() -> str:
    """The environment's interpreter."""
    return str(VENV / "bin/python")


def ensure(kind: str) -> bool:
    """Bring `.venv` to the locked state of `run` or `dev` (which holds all of run); whether anything was done."""
    made = STAMP.read_text() if STAMP.is_file() else ""
    if made.startswith("dev "):  # whoever develops here needs more than what this script does
        kind = "dev"
    if made == _stamp(kind) and Path(python()).exists():
        return False
    say(f"making the Python environment in {VENV.relative_to(ROOT)} from {LOCKS[kind].relative_to(ROOT)}")
    STAMP.unlink(missing_ok=True)
    _make()
    uv = [python(), "-m", "uv", "--quiet", "pip"]
    run([*uv, "sync", "--python", python(), "--require-hashes", "--compile-bytecode", str(LOCKS[kind])])
    _install_monitor(uv)
    STAMP.write_text(_stamp(kind))
    return True


def _make() -> None:
    """An environment of this very Python with pip and uv; one of another Python is made anew."""
    same = _version_of(python()) == _version_of(sys.executable)
    if not (same and (VENV / "bin/pip").exists()):
        run([sys.executable, "-m", "venv", *([] if same else ["--clear"]), str(VENV)])
    if _has_uv():
        return
    pip = [python(), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    run([*pip, "install", "--require-hashes", "--no-deps", "--only-binary", "uv", "-r", str(TOOLS)])


def _install_monitor(uv: list[str]) -> None:
    """Monitor itself, from this folder; its build tools are locked too. Bytecode by hand: machines may turn it off."""
    build = ["--build-constraints", str(TOOLS), "--no-deps", "--editable", str(ROOT)]
    run([*uv, "install", "--python", python(), *build])
    run([python(), "-m", "compileall", "-q", str(ROOT / "src")])


def _stamp(kind: str) -> str:
    """What the environment was made from: locks, project file, interpreter and place."""
    seen = hashlib.sha256()
    for file in (LOCKS[kind], TOOLS, ROOT / "pyproject.toml"):
        seen.update(file.read_bytes())
    return f"{kind} {seen.hexdigest()} {sys.version.split()[0]} {ROOT}\n"


def _has_uv() -> bool:
    wanted = next(line.split()[0] for line in TOOLS.read_text().splitlines() if line.startswith("uv=="))
    asked = subprocess.run([python(), "-m", "uv", "--version"], check=False, capture_output=True, text=True)
    return asked.returncode == 0 and asked.stdout.split()[1:2] == [wanted.partition("==")[2]]


def _version_of(interpreter: str) -> str:
    if not Path(interpreter).exists():
        return ""
    command = [interpreter, "-c", "import sys; print(sys.version)"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout
