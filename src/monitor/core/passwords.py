"""Passwords: hashed with argon2id (m=19 MiB, t=2, p=1: OWASP Password Storage Cheat Sheet), few at a time."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and checks passwords in threads, two at once, so that logins cannot exhaust memory."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._places = asyncio.Semaphore(2)
        self._nobody = ""

    async def hash(self, password: str) -> str:
        """The hash to store."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password.encode("utf-8", "surrogatepass"))

    async def check(self, hashed: str, password: str) -> bool:
        """Whether it is the password. An empty hash (no such user) takes as long and is always wrong."""
        if not hashed and not self._nobody:
            self._nobody = await self.hash("no user has this password")
        async with self._places:
            right = await asyncio.to_thread(self._verify, hashed or self._nobody, password)
        return right and bool(hashed)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password.encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return False
