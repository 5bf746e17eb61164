"""Writings: what programs of the fleet print, the awkward included: colours, titles, right-to-left, broken bytes."""

from collections.abc import Iterator
from random import Random

RED, GREEN, YELLOW, BLUE, CYAN, DIM, BOLD, PLAIN = (f"\x1b[{n}m" for n in (31, 32, 33, 34, 36, 2, 1, 0))

AWKWARD: tuple[bytes, ...] = (
    b"\x1b]0;owned: your terminal's title\x07title set, nothing to see\n",
    b"\x1b]8;;javascript:alert(document.domain)\x1b\\a link that must not be one\x1b]8;;\x1b\\\n",
    "تم تسجيل الدخول: المستخدم «مريم» من 203.0.113.9 خلال 14ms\n".encode(),
    "שגיאה: החיבור למסד הנתונים db-2 נכשל (3 ניסיונות)\n".encode(),
    "\u202egnp.exe\u202c reversed by an override, and a zero\u200bwidth space\n".encode(),
    "🚀 deployed 👩🏽‍💻 by ana — 日本語のログ行 ✅ naïve façade\n".encode(),
    b"invalid utf-8: \xff\xfe caf\xe9 \xc3( end\n",
    b"<script>alert(1)</script><img src=x onerror=alert(2)> & &lt;b&gt;\n",
    b"progress  10%\rprogress  55%\rprogress 100%\n",
    b"\x1b[2J\x1b[Hcleared the screen\x1b[?25l\x1b[1A\n",
    b"tab\tseparated\tvalues\t1\t22\t333\n",
    f"{BOLD}{RED}bold red{PLAIN} \x1b[38;5;208m256 colours\x1b[0m \x1b[38;2;120;200;255mtrue colour\x1b[0m "
    "\x1b[7minverse\x1b[0m \x1b[4munderlined\x1b[0m\n".encode(),
    b"a long line: " + b"0123456789 abcdefghij " * 227 + b"end\n",
    b"\n",
)
assert max(map(len, AWKWARD)) > 5000

_PATHS = ("/v1/me", "/v1/events?limit=50", "/v1/items/4711", "/v1/search?q=Gr%C3%BC%C3%9Fe", "/healthz", "/v1/login")


def service_log(dice: Random, count: int, name: str = "api") -> Iterator[bytes]:
    """Coloured lines of a web service."""
    yield f"{CYAN}info{PLAIN}  {name} {DIM}pid=1 config from env (14 variables, 3 secrets){PLAIN}\n".encode()
    yield f"{CYAN}info{PLAIN}  db: connecting {BLUE}db-2.internal:5432{PLAIN}\n".encode()
    for number in range(max(0, count - 2)):
        yield service_line(dice, number)


def service_line(dice: Random, number: int) -> bytes:
    """One of them."""
    kind = dice.random()
    trace = f"trace={dice.randrange(1 << 16):04x}"
    if kind < 0.04:
        text = f"{RED}error{PLAIN} connect ECONNREFUSED 10.0.4.12:5432 {DIM}{trace}{PLAIN}"
    elif kind < 0.12:
        text = f"{YELLOW}warn{PLAIN}  slow query {dice.randrange(180, 900)} ms {DIM}select … from events where …{PLAIN}"
    elif kind < 0.16:
        text = f'{{"level":"info","n":{number},"msg":"job done","ms":{dice.randrange(9, 999)},"queue":"mail"}}'
    else:
        took = dice.randrange(2, 40)
        text = f"{CYAN}info{PLAIN}  GET {dice.choice(_PATHS)} {GREEN}200{PLAIN} {took} ms {DIM}{trace}{PLAIN}"
    return f"{text}\n".encode()


def clone_output(url: str, commit: str) -> tuple[bytes, ...]:
    """What git says."""
    return (
        f"Cloning into '{url.rpartition('/')[2]}'...\n".encode(),
        b"remote: Enumerating objects: 4127, done.\r\nremote: Counting objects: 100% (4127/4127), done.\n",
        b"Receiving objects:  42% (1734/4127)\rReceiving objects: 100% (4127/4127), 3.91 MiB | 18.2 MiB/s, done.\n",
        f"commit {commit}\n".encode(),
    )


def build_output(name: str, version: str) -> tuple[bytes, ...]:
    """What `docker build` says of a build that succeeds."""
    return (
        b"Step 1/9 : FROM node:22-bookworm-slim\n ---> 3f1c9c2f7a10\n",
        b"Step 2/9 : WORKDIR /app\n ---> Using cache\n ---> 8b1f0a9d2c11\n",
        b"Step 3/9 : COPY package.json package-lock.json ./\n ---> 5a0be1d7f3aa\n",
        b"Step 4/9 : RUN npm ci --omit=dev\n ---> Running in 6c0c1d9c4ce2\n",
        f"{YELLOW}npm warn{PLAIN} deprecated inflight@1.0.6: this module is not supported\n".encode(),
        f"added {BOLD}412{PLAIN} packages in 14s\n".encode(),
        f"Step 5/9 : COPY . .\nStep 6/9 : RUN npm run build\n\n> {name}@{version} build\n> vite build\n".encode(),
        f"{CYAN}vite v8.3.8{PLAIN} {GREEN}building for production...{PLAIN}\n".encode(),
        f"{GREEN}✓{PLAIN} 1843 modules transformed.\n{GREEN}✓ built in 9.42s{PLAIN}\n".encode(),
        f"Successfully built 1d0c3f2a9b77\nSuccessfully tagged {name}:{version}\n".encode(),
    )


def failed_output() -> tuple[bytes, ...]:
    """The same, until TypeScript finds something."""
    place = f"{CYAN}src/pages/pricing.tsx{PLAIN}:{YELLOW}88{PLAIN}:{YELLOW}17{PLAIN}"
    error = f"{place} - {RED}error{PLAIN} {DIM}TS2345:{PLAIN}"
    return (
        *build_output("site", "0.9.41")[:6],
        b"Step 5/9 : COPY . .\nStep 6/9 : RUN npm run build\n ---> Running in 9e77aa0c1b42\n",
        b"\n> site@0.9.41 build\n> tsc --noEmit && vite build\n\n",
        f"{error} Argument of type 'string | undefined' is not assignable to parameter of type 'Money'.\n".encode(),
        b"  Type 'undefined' is not assignable to type 'Money'.\n\n",
        f"{BOLD}88{PLAIN}   return format(plan.price?.amount, locale);\n                ~~~~~~~~~~~~~~~~~~\n".encode(),
        f"\nFound 1 error in src/pages/pricing.tsx{DIM}:88{PLAIN}\n".encode(),
        b"The command '/bin/sh -c npm run build' returned a non-zero code: 1\n",
    )


def endless_build(pace: float) -> Iterator[tuple[float, bytes]]:
    """A build that prints two hundred lines at once and one more every second or so, without an end."""
    dice = Random("endless")
    for piece in build_output("worker", "0.3.13")[:7]:
        yield 0.0, piece
    number = 0
    while True:
        number += 1
        module = f"src/{dice.choice(('queue', 'mail', 'jobs', 'lib'))}/{dice.randrange(1 << 20):05x}.ts"
        text = f"{DIM}[{number:>4}/1843]{PLAIN} {GREEN}compile{PLAIN} {module} {dice.randrange(3, 90)} ms\n"
        if number % 40 == 0:
            text += f"{YELLOW}warning{PLAIN} {module}: 'legacy' is deprecated\n"
        yield 0.0 if number < 200 else pace * dice.uniform(0.4, 1.6), text.encode()
