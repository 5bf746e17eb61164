"""DiskShelf: a folder per job with `job.json` and `events`, length-prefixed msgpack frames, whose torn end is cut off;
and `result`, of a job that has come to one before its end.
"""

import errno
import os
import shutil
import struct
from io import FileIO
from pathlib import Path

import msgspec
from msgspec import Raw

from monitor.kernel.job import JobEnded, JobEvent, StepStarted
from monitor.kernel.wire import decode, encode, pack
from monitor.periphery.jobs.shelf import JobLog, JobNote

_LENGTH = struct.Struct(">I")
_EVENT: msgspec.msgpack.Decoder[JobEvent] = msgspec.msgpack.Decoder(JobEvent)
_BATCH = 256 * 1024
_LONGEST = 16 * 1024 * 1024


class DiskShelf:
    """Jobs as folders below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def make(self, note: JobNote) -> JobLog:
        folder = self._folder / note.id
        folder.mkdir(mode=0o700)
        # The note comes last and whole: a folder without one is a job that was never accepted.
        log = DiskLog(folder / "events")
        temporary = folder / "job.json.new"
        temporary.write_bytes(encode(note))
        temporary.replace(folder / "job.json")
        return log

    def load(self) -> list[tuple[JobNote, JobLog]]:
        found: list[tuple[JobNote, JobLog]] = []
        for folder in sorted(self._folder.iterdir()):
            try:
                note = decode((folder / "job.json").read_bytes(), JobNote)
            except (OSError, msgspec.DecodeError):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            found.append((note, DiskLog(folder / "events")))
        return found

    def drop(self, id: str) -> None:
        shutil.rmtree(self._folder / id, ignore_errors=True)


class DiskLog:
    """One job's `events` file, and its `result`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._result = path.with_name("result")
        self.last_seq = 0
        self.step = ""
        self.end: JobEnded | None = None
        # Opened when needed: a host may keep many ended jobs.
        self._file: FileIO | None = None
        self._cut_torn_end()

    def append(self, event: JobEvent) -> None:
        frame = pack(event)
        whole = _LENGTH.pack(len(frame)) + frame
        if self._file is None:
            self._file = self._path.open("ab", buffering=0)
        start = self._file.seek(0, os.SEEK_END)
        if self._file.write(whole) != len(whole):
            self._file.truncate(start)
            raise OSError(errno.ENOSPC, f"no room for {self._path}")
        self._note(event)
        if isinstance(event, JobEnded):
            # The end is what core acts on: it must survive the machine's death too.
            os.fsync(self._file.fileno())

    def keep(self, result: Raw) -> None:
        temporary = self._result.with_suffix(".new")
        temporary.write_bytes(bytes(result))
        temporary.replace(self._result)

    def kept(self) -> Raw | None:
        return Raw(self._result.read_bytes()) if self._result.exists() else None

    def reader(self, after: int) -> "DiskReader":
        return DiskReader(self._path, after)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _note(self, event: JobEvent) -> None:
        self.last_seq = event.seq
        if isinstance(event, StepStarted):
            self.step = event.step
        if isinstance(event, JobEnded):
            self.end = event

    def _cut_torn_end(self) -> None:
        """Read what is there; drop a frame the agent died in the middle of."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
            return
        reader = DiskReader(self._path, 0)
        try:
            while events := reader.read():
                for event in events:
                    self._note(event)
            os.truncate(self._path, reader.place)
        finally:
            reader.close()


class DiskReader:
    """A place in an `events` file; it keeps the file readable even after the job is forgotten."""

    def __init__(self, path: Path, after: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._after = after
        self.place = 0
        """Bytes of whole frames read so far."""

    def read(self) -> list[JobEvent]:
        """Up to about 256 KiB of events; empty at the end, or at a torn frame."""
        while True:
            events, frames = self._read_batch()
            if events or not frames:
                return events

    def close(self) -> None:
        self._file.close()

    def _read_batch(self) -> tuple[list[JobEvent], int]:
        data = os.pread(self._file.fileno(), _BATCH, self.place)
        if len(data) >= _LENGTH.size:
            first = _LENGTH.unpack_from(data)[0]
            if len(data) < _LENGTH.size + first <= _LONGEST:
                data = os.pread(self._file.fileno(), _LENGTH.size + first, self.place)
        events: list[JobEvent] = []
        offset = frames = 0
        while len(data) - offset >= _LENGTH.size:
            end = offset + _LENGTH.size + _LENGTH.unpack_from(data, offset)[0]
            if end > len(data):
                break
            try:
                event = _EVENT.decode(data[offset + _LENGTH.size : end])
            except msgspec.MsgspecError:
                break
            offset, frames = end, frames + 1
            if event.seq > self._after:
                events.append(event)
        self.place += offset
        return events, frames
