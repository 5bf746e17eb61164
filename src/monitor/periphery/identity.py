"""The agent's own identity and the pin of core, as files in its state folder."""

from pathlib import Path

from monitor.kernel.pinning import Identity, check_certificate, write_whole


def load_identity(state: Path) -> Identity:
    """The agent's key and certificate, made at the first start; losing them means joining again."""
    return Identity.at(state / "identity.pem", "monitor periphery")


def pin_file(state: Path) -> Path:
    """Where core's certificate is kept; replacing it is what joining again does."""
    return state / "core.pem"


def read_pin(state: Path) -> str:
    """Core's certificate, or empty when this host has not joined yet. Invalid if the file is damaged."""
    try:
        text = pin_file(state).read_text()
    except FileNotFoundError:
        return ""
    return check_certificate(text)


def write_pin(state: Path, certificate: str) -> None:
    """Pin core, or with an empty certificate forget it; a running agent notices within a second."""
    if certificate:
        write_whole(pin_file(state), check_certificate(certificate).encode())
    else:
        pin_file(state).unlink(missing_ok=True)
