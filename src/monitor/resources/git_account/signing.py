"""Signing: what of a git account is told for one address: a token or a key, by the protocol, and nothing else of it."""

from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth
from monitor.resources.git_account.spec import GitAccountConfig


def lacking(account: GitAccountConfig, address: Address) -> str:
    """`private key` or `token` where the address needs it and the account has none; else empty."""
    if _over_ssh(address):
        return "private key" if account.private_key is None else ""
    return "token" if account.token is None else ""


def told_for(account: GitAccountConfig, address: Address) -> GitAuth:
    """Its secrets in clear, for the host's message only."""
    over_ssh = _over_ssh(address)
    return GitAuth(
        host=account.host,
        username=account.username,
        token="" if over_ssh else account.token or "",
        private_key=(account.private_key or "") if over_ssh else "",
        known_hosts=account.known_hosts if over_ssh else "",
    )


def _over_ssh(address: Address) -> bool:
    return address.scheme == "ssh"
