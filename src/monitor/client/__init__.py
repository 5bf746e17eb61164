"""The typed Python client of Monitor's API: `AsyncClient` and `Client`, the same in words and answers."""

from monitor.client.asynchronous import AsyncClient
from monitor.client.blocking import Client

__all__ = ["AsyncClient", "Client"]
