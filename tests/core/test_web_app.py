"""The web app as core serves it: its files, its page for every deep link, and what neither can be made to do."""

import gzip
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from monitor.core import docs_page
from monitor.core.settings import CoreSettings
from monitor.core.site import policy
from tests.core.web import HOME, Web, problem, web_of
from tests.core.world import World, new_world

PAGE = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><div id="root"></div>'
SCRIPT = "/assets/index-Ab12.js"
CODE = "export const words = 'monitor';\n" * 50
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build of web/ leaves, beside a file that is nobody's business."""
    folder = tmp_path / "web_app"
    for name, text in {
        "index.html": PAGE,
        "favicon.svg": "<svg/>",
        SCRIPT[1:]: CODE,
        "assets/font-Cd34.woff2": CODE,
        ".vite/manifest.json": "{}",
        ".built-from": "stamp",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "secrets.key").write_text("canary")
    return folder


@pytest.fixture
async def site(world: World, built: Path) -> httpx2.AsyncClient:
    world.app.core.web_app = built
    return Web(world).client


async def raw(world: World, path: str, method: str = "GET", *headers: tuple[bytes, bytes]) -> tuple[int, Any, bytes]:
    """Core's answer to a path exactly as a server hands it on, with no client in between that tidies it."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 9120),
        "client": ("127.0.0.1", 50_000),
        "headers": [(b"host", b"127.0.0.1:9120"), *headers],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await world.app.core.application()(scope, receive, send)
    return sent[0]["status"], sent[0]["headers"], b"".join(each.get("body", b"") for each in sent[1:])


@pytest.mark.parametrize("path", ["/", "/deployments", "/deployments/web.prod/log", "/servers/a?tab=b", "/apiary/x"])
async def test_the_page_answers_wherever_its_own_paths_may_lead(site: httpx2.AsyncClient, path: str) -> None:
    response = await site.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert 'id="root"' in response.text


async def test_each_page_has_a_nonce_of_its_own_in_the_policy_and_in_the_page(site: httpx2.AsyncClient) -> None:
    seen: set[str] = set()
    for _ in range(20):
        response = await site.get("/")
        nonce = re.findall(r'content="([A-Za-z0-9_-]{22,})"', response.text)[0]
        assert response.headers.get_list("content-security-policy") == [policy(nonce)]
        seen.add(nonce)
    assert len(seen) == 20


def test_the_policy_lets_nothing_in_but_core_s_own() -> None:
    rules = dict(each.strip().partition(" ")[::2] for each in policy("N").split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'nonce-N'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert "unsafe" not in policy("N") + docs_page.POLICY


async def test_hashed_files_are_kept_for_good_and_others_for_a_while(site: httpx2.AsyncClient) -> None:
    script = await site.get(SCRIPT)
    assert script.text == CODE
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers.get_list("cache-control") == [FOREVER]
    assert (await site.get("/assets/font-Cd34.woff2")).headers["cache-control"] == FOREVER
    icon = await site.get("/favicon.svg")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.headers.get_list("cache-control") == ["public, max-age=3600"]


async def test_every_answer_has_safe_headers_once(site: httpx2.AsyncClient) -> None:
    for path in ("/", SCRIPT, "/favicon.svg", "/assets/absent.js", "/api/session", "/healthz"):
        headers = (await site.get(path)).headers
        for name, value in {
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }.items():
            assert headers.get_list(name) == [value], path
        assert "camera=()" in headers["permissions-policy"]
        (rules,) = headers.get_list("content-security-policy")
        assert rules.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in rules
        assert len(headers.get_list("cache-control")) == 1


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("identity", False),
        ("", False),
    ],
)
async def test_text_is_gzipped_for_who_takes_it(site: httpx2.AsyncClient, accepted: str, packed: bool) -> None:
    response = await site.get(SCRIPT, headers={"Accept-Encoding": accepted})
    assert response.text == CODE
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers.get("content-encoding") == ("gzip" if packed else None)
    length = int(response.headers["content-length"])
    assert length < len(CODE) / 5 if packed else length == len(CODE)


async def test_what_gains_nothing_is_sent_as_it_is(site: httpx2.AsyncClient) -> None:
    for path in ("/assets/font-Cd34.woff2", "/favicon.svg"):
        response = await site.get(path, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in response.headers


async def test_head_says_the_same_without_a_body(world: World, site: httpx2.AsyncClient) -> None:
    for path in ("/", "/deployments/web.prod", SCRIPT, "/favicon.svg"):
        given = (b"accept-encoding", b"gzip")
        got, head = await raw(world, path, "GET", given), await raw(world, path, "HEAD", given)
        assert head[0] == 200
        assert head[2] == b""
        lengths = [dict(answer[1])[b"content-length"] for answer in (got, head)]
        assert lengths == [str(len(got[2])).encode()] * 2
        assert [name for name, _ in head[1]] == [name for name, _ in got[1]]
    assert gzip.decompress((await raw(world, SCRIPT, "GET", (b"accept-encoding", b"gzip")))[2]).decode() == CODE


@pytest.mark.parametrize(
    "path",
    [
        "/assets/absent.js",
        "/assets",
        "/assets/",
        "/assets/index-Ab12.js/",
        "/assets/../index.html",
        "/assets/../../secrets.key",
        "/assets/..%2f..%2fsecrets.key",
        "/assets/..\\..\\secrets.key",
        "/../secrets.key",
        "/deployments/../../secrets.key",
        "/deployments/./web",
        "/.vite/manifest.json",
        "/.built-from",
        "/.git/config",
        "/deployments/.env",
        "/index.html",
        "/robots.txt",
        "/wp-login.php",
        "//assets/../../secrets.key",
        "//other.example/deployments",
        "/deployments//web",
        "/a\nb",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_what_is_not_there_is_a_problem_and_no_page(
    world: World, site: httpx2.AsyncClient, path: str, method: str
) -> None:
    status, headers, body = await raw(world, path, method)
    assert status == 404
    assert dict(headers)[b"content-type"] == b"application/problem+json"
    assert dict(headers)[b"cache-control"] == b"no-store"
    assert b"canary" not in body
    assert b"root" not in body


async def test_nothing_is_read_from_the_disk_after_the_start(world: World, built: Path) -> None:
    world.app.core.web_app = built
    web = Web(world)
    (built / "assets/later.js").write_text("later")
    (built / "index.html").unlink()
    assert 'id="root"' in (await web.client.get("/")).text
    assert (await web.client.get("/assets/later.js")).status_code == 404


async def test_the_api_and_its_neighbours_keep_their_own_answers(site: httpx2.AsyncClient) -> None:
    for path in ("/api", "/api/", "/api/nowhere", "/api/deployments/a/b/c", "/healthz/x", "/metrics/x", "//api/x"):
        problem(await site.get(f"{HOME}{path}"), 404)
    wrong = await site.get("/api/deployments/web/deploy")
    problem(wrong, 405)
    assert wrong.headers["allow"] == "POST"
    assert (await site.get("/healthz")).json() == {"status": "ok"}
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        problem(await site.request(method, "/"), 405)
        problem(await site.request(method, SCRIPT), 405)


@pytest.mark.parametrize("path", ["/", "/deployments", SCRIPT])
async def test_another_site_s_name_gets_nothing(site: httpx2.AsyncClient, path: str) -> None:
    refused = await site.get(path, headers={"Host": "rebound.example"})
    assert "not reached as" in problem(refused, 403)["detail"]
    assert "root" not in refused.text


async def test_people_s_own_name_for_core_is_served(built: Path, tmp_path: Path) -> None:
    settings = CoreSettings(address="0.0.0.0", public_url="https://monitor.example", trusted_proxies=("127.0.0.1",))
    async with new_world(tmp_path / "data", settings=settings) as world:
        world.app.core.web_app = built
        client = Web(world).client
        assert (await client.get("/", headers={"Host": "monitor.example"})).status_code == 200
        problem(await client.get("/", headers={"Host": "other.example"}), 403)


async def test_the_docs_page_keeps_its_own_policy(world: World, site: httpx2.AsyncClient) -> None:
    admin = await world.app.user("boss", admin=True)

    response = await (await web_of(world, admin)).get("/api/docs")
    assert response.headers.get_list("content-security-policy") == [docs_page.POLICY]


@pytest.mark.parametrize("there", [False, True])
async def test_a_core_without_its_app_says_how_to_build_it(world: World, tmp_path: Path, there: bool) -> None:
    world.app.core.web_app = tmp_path if there else None
    web = Web(world)
    for path in ("/", "/deployments/web"):
        response = await web.client.get(path)
        assert response.status_code == 503
        assert "script/setup run" in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert (await web.client.get("/healthz")).status_code == 200
