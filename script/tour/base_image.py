"""The base image of the app: the usual one where a registry can be reached, else one made here of static busybox."""

import io
import subprocess
import tarfile
from pathlib import Path

from parts import packages
from parts.engine import docker
from parts.packages import find
from parts.say import GiveUp, say

USUAL = "busybox:1.37"
LOCAL = "monitor-demo-base:busybox"
PATIENCE = 20.0


def choose(wanted: str) -> str:
    """The base to build on: `auto` tries the registry, `local` makes one here, anything else is taken as it is."""
    if wanted not in ("auto", "local"):
        return wanted
    if wanted == "auto" and (_is_there(USUAL) or _can_be_pulled(USUAL)):
        return USUAL
    if not _is_there(LOCAL):
        say(f"making the base image {LOCAL} of this machine's static busybox")
        packages.ensure([packages.BUSYBOX])
        _import(_rootfs(find("busybox") or "/bin/busybox"))
    return LOCAL


def _is_there(image: str) -> bool:
    return docker("image", "inspect", image).returncode == 0


def _can_be_pulled(image: str) -> bool:
    say(f"asking for the base image {image} (at most {PATIENCE:.0f} s)")
    try:
        return docker("pull", "--quiet", image, timeout=PATIENCE).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _rootfs(busybox: str) -> bytes:
    """A tar of one static program and a link to it for each command it knows."""
    applets = subprocess.run([busybox, "--list"], check=True, capture_output=True, text=True).stdout.split()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        program = tarfile.TarInfo("bin/busybox")
        content = Path(busybox).read_bytes()
        program.size, program.mode = len(content), 0o755
        tar.addfile(program, io.BytesIO(content))
        for applet in applets:
            link = tarfile.TarInfo(f"bin/{applet}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            if applet != "busybox":
                tar.addfile(link)
    return buffer.getvalue()


def _import(rootfs: bytes) -> None:
    command = [find("docker") or "docker", "import", "-", LOCAL]
    done = subprocess.run(command, check=False, input=rootfs, capture_output=True)
    if done.returncode:
        raise GiveUp(f"docker import failed: {done.stderr.decode(errors='replace').strip()}")
