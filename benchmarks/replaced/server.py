"""A small HTTP server that, told to end, takes no more and finishes what it has begun."""

import asyncio
import signal

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
under_way: set[asyncio.StreamWriter] = set()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One request for each connection."""
    under_way.add(writer)
    try:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.002)
        writer.write(ANSWER)
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()
        under_way.discard(writer)


async def main() -> None:
    """Until TERM."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    server = await asyncio.start_server(answer, "0.0.0.0", 8000)
    await told.wait()
    server.close()
    while under_way:
        await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(main())
