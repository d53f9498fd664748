"""The server: who gets in, who does not, and a claim settled through it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from annotator.model.article import Article, Publication
from annotator.store import open_store
from annotator.store import review as work
from annotator.web.links import Links, is_loopback, new_links
from annotator.web.server import COOKIE, WorkbenchServer
from annotator.workflow import ingest

FERRY = Article("The ferry runs again. It was late.", "ferry.txt", Publication(title="Ferry"))
LINKS = Links({"anas-token": "ana", "bens-token": "ben"})


ENDING = 0.5
"""Seconds."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with closing(open_store(path)) as store:
        list(ingest.ingest(store, [FERRY]))
    return path


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def served(database: Path, links: Links = LINKS) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    """The server's address, and a browser without cookies."""
    port = free_port()
    runner = web.AppRunner(await WorkbenchServer(database, links, "localhost", port)._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        # Cookies of an address in numbers are kept as well: the tests have no names.
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            yield f"http://127.0.0.1:{port}", browser
    finally:
        await runner.cleanup()
        # A workbench that has said goodbye takes a moment to end.
        await asyncio.sleep(ENDING)


async def test_a_link_lets_its_reviewer_in_and_leaves_the_address_line(database: Path) -> None:
    async with served(database) as (address, browser):
        async with browser.get(f"{address}/") as refused:
            assert refused.status == 403
            assert "a link of your own" in await refused.text()
        async with browser.get(f"{address}/?token=anas-token") as entered:
            assert (entered.status, str(entered.url)) == (200, f"{address}/")
            assert "script-src 'self'" in entered.headers["Content-Security-Policy"]
            assert entered.headers["Referrer-Policy"] == "no-referrer"
        async with browser.get(f"{address}/") as again:
            assert again.status == 200


@pytest.mark.parametrize("token", ["", "anas-toke", "ana", "\u00e9"])
async def test_another_token_lets_nobody_in(database: Path, token: str) -> None:
    async with served(database) as (address, browser), browser.get(f"{address}/", params={"token": token}) as refused:
        assert refused.status == 403


async def test_a_request_under_another_name_is_refused(database: Path) -> None:
    strange = {"Host": "elsewhere.example"}
    async with served(database) as (address, browser), browser.get(f"{address}/", headers=strange) as refused:
        assert refused.status == 421


@pytest.mark.parametrize("origin", [None, "http://elsewhere.example", "null"])
async def test_another_page_cannot_type_into_a_workbench(database: Path, origin: str | None) -> None:
    async with served(database) as (address, browser):
        async with browser.get(f"{address}/?token=anas-token"):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{address}/ws", origin=origin)
        assert refused.value.status == 403


async def test_without_a_link_nobody_drives_a_workbench(database: Path) -> None:
    async with served(database) as (address, browser):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{address}/ws", origin=address)
        assert refused.value.status == 403


async def test_a_claim_is_settled_in_a_browser_by_the_reviewer_whose_link_it_is(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config.toml"))
    async with served(database) as (address, browser):
        async with browser.get(f"{address}/?token=bens-token"):
            pass
        async with browser.ws_connect(f"{address}/ws?width=100&height=30", origin=address) as desk:
            seen = b""

            async def until(words: bytes) -> None:
                nonlocal seen
                while words not in seen:
                    message = await desk.receive(timeout=60)
                    assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT)
                    seen += message.data if isinstance(message.data, bytes) else message.data.encode()

            await until(b"Ferry")
            await desk.send_str(json.dumps(["stdin", "\r"]))
            await until(b"Claim 1 of")
            seen = b""
            await desk.send_str(json.dumps(["stdin", "f"]))
            await until(b"flag")
    for _ in range(100):
        with closing(open_store(database)) as store:
            review = work.load_review(store, work.load_article(store, FERRY.id), "ben")
        if review.judgements:
            break
        await asyncio.sleep(0.1)
    assert review.judgement(review.claims[0]).flag


def test_links_are_secret_and_one_a_reviewer(database: Path) -> None:
    links = new_links(["ana", "ben"])
    assert sorted(links.reviewers.values()) == ["ana", "ben"]
    assert all(len(token) == 32 for token in links.reviewers)
    server = WorkbenchServer(database, links, "localhost", 8000)
    assert server.links()["ana"].startswith("http://localhost:8000/?token=")
    assert [links.reviewer(token) for token in links.reviewers] == ["ana", "ben"]
    assert COOKIE


def test_the_only_reviewer_needs_no_link() -> None:
    assert Links({}, alone="ana").reviewer(None) == "ana"
    assert [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "10.0.0.1", "desk")] == [
        *(True, True, True),
        *(False, False),
    ]


def test_the_command_cannot_be_broken_out_of(database: Path, tmp_path: Path) -> None:
    server = WorkbenchServer(tmp_path / "a; touch b.db", LINKS, "localhost", 8000)
    assert "'" in server.command_for("ana o'neil")
    assert "; touch b.db'" in server.command_for("ana")
