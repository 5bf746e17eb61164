"""A base image for tests: this machine's own distribution, unpacked by its own package manager, without a registry."""

import shutil
import subprocess
from pathlib import Path

PACKAGES = (
    "base-files,base-passwd,bash,coreutils,dash,git,grep,libc-bin,openssh-client,passwd,python3,python3-venv,sed,tar"
)
PASSWD = 'for f in passwd group; do cp "$1/usr/share/base-passwd/$f.master" "$1/etc/$f"; done'
DOCKERFILE = "ARG BASE\nFROM ${BASE}\nCOPY docker /usr/local/bin/docker\n"


def docker(*arguments: str, **options: str) -> str:
    """Run the docker command; what it printed."""
    command = ["docker", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def log_of(container: str) -> str:
    """What it wrote, on both streams."""
    done = subprocess.run(["docker", "logs", container], check=False, capture_output=True, text=True)
    return done.stdout + done.stderr


def make_base(folder: Path, name: str) -> None:
    """An image with Python, git and this machine's docker command, as the periphery's needs."""
    tar = folder / "base.tar"
    unpack = ["mmdebstrap", "--quiet", "--variant=extract", f"--include={PACKAGES}", f"--customize-hook={PASSWD}"]
    lean = ["--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-exclude=/usr/share/locale/*"]
    subprocess.run([*unpack, *lean, codename(), str(tar)], check=True, stdin=subprocess.DEVNULL)
    docker("import", str(tar), f"{name}:bare")
    tar.unlink()
    found = shutil.which("docker")
    assert found is not None
    shutil.copy(found, folder / "docker")
    (folder / "Dockerfile").write_text(DOCKERFILE)
    docker("build", "--quiet", "--build-arg", f"BASE={name}:bare", "--tag", f"{name}:base", str(folder))


def codename() -> str:
    """`bookworm`, of this machine."""
    lines = Path("/etc/os-release").read_text().splitlines()
    return next(line.partition("=")[2].strip('"') for line in lines if line.startswith("VERSION_CODENAME="))
