"""The steps of the demo, in the order a new user would take them, each with the command he would type."""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from parts import environment
from parts.say import GiveUp, say

from tour import cli, processes, source
from tour.place import LOOPBACK, Place, Ports, choose_ports, new_password

SERVER = "this-machine"
APP = "hello"
USER = "admin"


@dataclass
class Tour:
    """One run: its folder, ports, password, and how long each part took."""

    place: Place
    base: str
    ports: Ports = field(default_factory=choose_ports)
    password: str = field(default_factory=new_password)
    timings: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def url(self) -> str:
        """Where core is."""
        return f"http://{LOOPBACK}:{self.ports.core}"

    @property
    def page(self) -> str:
        """Where the deployed app is."""
        return f"http://{LOOPBACK}:{self.ports.app}/"

    def everything(self) -> None:
        """From nothing to a watched container."""
        with self.timed("start"):
            self.start_core()
            self.sign_in()
        with self.timed("join"):
            self.join_server()
        self.serve_source()
        self.create()
        with self.timed("build"):
            self.build()
        with self.timed("deploy"):
            self.deploy()

    def start_core(self) -> None:
        """One process, its data in the demo's folder, on loopback."""
        cli.home(self.place)
        say("core: the web server everything goes through")
        self._configure("core", "--data", str(self.place.core), "--port", str(self.ports.core))
        self._start("core")
        processes.wait_until(self.place, "core", lambda: answers(f"{self.url}/readyz"))

    def sign_in(self) -> None:
        """The first admin, by a one-time token made on core's host; from here on the command line has a key."""
        token = self._monitor("core", "user", "set-up-token", "--config", "core.toml").split()[0]
        given = {"MONITOR_SETUP_TOKEN": token, "MONITOR_PASSWORD": self.password}
        self._monitor("login", self.url, "--set-up", "--name", USER, extra=given)
        self.place.write_access(self.url, USER, self.password, self.page)

    def join_server(self) -> None:
        """A server, its token, and the periphery that joins with it."""
        say("server: this machine, through a periphery of its own")
        where = ["--address", LOOPBACK, "--port", str(self.ports.periphery)]
        self._configure("periphery", "--state", str(self.place.periphery), *where)
        self._start("periphery")
        self._monitor("server", "create", SERVER)
        token = json.loads(self._monitor("server", "join-token", SERVER, "--json"))["token"]
        given = {"MONITOR_JOIN_TOKEN": token}
        self._monitor("periphery", "join", self.url, "--config", "periphery.toml", extra=given)
        self._until("up", "server", "get", SERVER)

    def serve_source(self) -> None:
        """The app's repository, served over HTTP."""
        say("source: a git repository of examples/hello, served over HTTP")
        source.make(self.place)
        script = str(Path(__file__).parent / "git_http.py")
        command = [sys.executable, script, str(self.place.repositories), str(self.ports.git)]
        processes.start(self.place, "git", command, cli.environment(self.place))
        where = f"http://{LOOPBACK}:{self.ports.git}/{source.NAME}"
        processes.wait_until(self.place, "git", lambda: answers(f"{where}/info/refs?service=git-upload-pack"))

    def create(self) -> None:
        """The build and the deployment of what it makes."""
        say("build and deployment")
        where = f"http://{LOOPBACK}:{self.ports.git}/{source.NAME}#main"
        self._monitor("build", "create", APP, "--builder", SERVER, "--source", where, "--argument", f"BASE={self.base}")
        port = f"{LOOPBACK}:{self.ports.app}:8080"
        more = ["--container-name", self.place.container, "--environment", "GREETING=Deployed by Monitor"]
        self._monitor("deployment", "create", APP, "--server", SERVER, "--image", f"build:{APP}", "--port", port, *more)

    def build(self) -> None:
        """Fetch the source and build the next version."""
        self._monitor("build", "run", APP)

    def deploy(self) -> None:
        """Bring the container to that version."""
        self._monitor("deployment", "deploy", APP)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Note how long it took."""
        began = time.monotonic()
        yield
        self.timings[name] = time.monotonic() - began

    def get(self, *words: str) -> dict[str, object]:
        """What `monitor TYPE get NAME --json` answers."""
        return json.loads(cli.monitor(self.place, *words, "--json", hidden=True))

    def _monitor(self, *words: str, extra: Mapping[str, str] | None = None) -> str:
        return cli.monitor(self.place, *words, extra=extra)

    def _configure(self, room: str, *settings: str) -> None:
        self._monitor(room, "config", "--write", f"{room}.toml", *settings)

    def _start(self, room: str) -> None:
        words = [room, "run", "--config", f"{room}.toml"]
        say(f"  $ monitor {' '.join(words)} &")
        processes.start(self.place, room, [cli.MONITOR, *words], cli.environment(self.place))

    def _until(self, state: str, *words: str, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        status: object = {}
        while time.monotonic() < until:
            status = self.get(*words)["status"]
            if isinstance(status, dict) and status.get("state") == state:
                return
            time.sleep(0.1)
        raise GiveUp(f"{' '.join(words)}: not {state} after {seconds:.0f} s, but {status}")


def answers(url: str) -> bool:
    """Whether an address answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own http address
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def say_access(place: Place) -> None:
    """Where it is, as whom to sign in, and what to look at."""
    access = place.read_access()
    monitor = environment.VENV.relative_to(environment.ROOT) / "bin/monitor"
    say(f"""
Monitor is running: open {access["url"]} and sign in.

  sign in   {access["username"]} / {access["password"]}
  the app   {place.app.read_text()}
  the API   {access["url"]}/api/docs

The same from a terminal, in this folder:

  export XDG_CONFIG_HOME={place.home}/.config       the command line is signed in there
  {monitor} activity ls                    who did what
  {monitor} deployment log -f {APP}        the app's log, live
  {monitor} server usage {SERVER}      this machine, live
  {monitor} --help

To deploy a change: edit app/message.txt in {place.source}, then commit and `git push` there, then

  {monitor} build run {APP} && {monitor} deployment deploy {APP}

script/demo --stop stops it.""")
