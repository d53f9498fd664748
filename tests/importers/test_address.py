from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from annotator.errors import ImportFailure
from annotator.importers import ImportOptions, read_sources
from annotator.importers.connection import is_public
from annotator.model.article import Article


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hold: bool = False


class Site:
    """A server on this machine whose pages the test sets; `asked` are the paths and headers of its requests."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        handler = type("Handler", (_Handler,), {"site": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    site: ClassVar[Site]

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers)))
        answer = self.site.pages.get(self.path, Answer(404))
        self.send_response(answer.status)
        for name, value in ({"Content-Length": str(len(answer.body))} | answer.headers).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if answer.hold:
            self.wfile.write(answer.body[:1])
            self.wfile.flush()
            self.site.over.wait(30)
        else:
            try:
                self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server calls it by
        return


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def get(address: str, **options: Any) -> Article | ImportFailure:
    (item,) = read_sources([address], ImportOptions(**({"allow_private": True, "timeout": 10.0} | options)))
    assert isinstance(item, Article | ImportFailure)
    return item


def refusal(address: str, **options: Any) -> str:
    item = get(address, **options)
    assert isinstance(item, ImportFailure), item
    assert item.origin == address
    return item.reason


def article(address: str, **options: Any) -> Article:
    item = get(address, **options)
    assert isinstance(item, Article), item
    return item


HTML = {"Content-Type": "text/html; charset=koi8-r"}
TEXT = {"Content-Type": "text/plain"}


def test_a_page_is_read_with_the_character_set_that_the_server_names(site: Site) -> None:
    site.pages["/a?b=1"] = Answer(headers=HTML, body="<html><body><p>Мост закрыли.</p></body></html>".encode("koi8-r"))
    found = article(f"{site.address}/a?b=1#part")
    assert found.text == "Мост закрыли."
    assert found.publication.url == found.origin == f"{site.address}/a?b=1#part"


def test_redirects_lead_to_the_origin_of_the_article(site: Site) -> None:
    site.pages["/a"] = Answer(302, {"Location": "/b/%C3%A9 c"})
    site.pages["/b/%C3%A9%20c"] = Answer(headers=TEXT, body=b"Words.")
    found = article(f"{site.address}/a")
    assert (found.text, found.origin) == ("Words.", f"{site.address}/b/%C3%A9 c")


@pytest.mark.parametrize(
    ("path", "media_type", "body", "text"),
    [
        ("/a.md", "text/plain", b"# Storm", "Storm"),
        ("/a", "application/json", b'{"text": "Words."}', "Words."),
        ("/a", "application/json; charset=utf-8", b'[{"text": "Words."}]', "Words."),
        ("/a", "text/csv", b"text\nWords.\n", "Words."),
        ("/a", "", b"<!doctype html><p>Words.", "Words."),
    ],
)
def test_the_format_goes_by_the_content_type(site: Site, path: str, media_type: str, body: bytes, text: str) -> None:
    site.pages[path] = Answer(headers={"Content-Type": media_type}, body=body)
    assert article(f"{site.address}{path}").text == text


def test_compressed_answers_are_read_within_the_limit(site: Site) -> None:
    site.pages["/a"] = Answer(headers=TEXT | {"Content-Encoding": "gzip"}, body=gzip.compress(b"Words. " * 20_000))
    assert article(f"{site.address}/a").text == ("Words. " * 20_000).rstrip()
    assert "larger than" in refusal(f"{site.address}/a", max_bytes=100_000)
    site.pages["/broken"] = Answer(headers=TEXT | {"Content-Encoding": "gzip"}, body=b"Words.")
    assert "not compressed as the server says" in refusal(f"{site.address}/broken")
    site.pages["/other"] = Answer(headers=TEXT | {"Content-Encoding": "br"}, body=b"Words.")
    assert "not asked for" in refusal(f"{site.address}/other")


@pytest.mark.parametrize("length", ["", "200001"])
def test_a_large_answer_is_not_read_to_its_end(site: Site, length: str) -> None:
    site.pages["/a"] = Answer(headers=TEXT | {"Content-Length": length}, body=b"x" * 200_001)
    assert "larger than 0.1 MB" in refusal(f"{site.address}/a", max_bytes=100_000)


def test_a_slow_answer_ends_at_the_time_out(site: Site) -> None:
    site.pages["/a"] = Answer(headers=TEXT, body=b"Words.", hold=True)
    assert "no whole answer within 0.2 seconds" in refusal(f"{site.address}/a", timeout=0.2)


def test_an_answer_that_breaks_off_is_not_taken_for_the_article(site: Site) -> None:
    site.pages["/a"] = Answer(headers=TEXT | {"Content-Length": "100"}, body=b"Words.")
    assert "broke off" in refusal(f"{site.address}/a")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(404), "the server answered 404"),
        (Answer(500), "the server answered 500"),
        (Answer(302), "does not say where to"),
        (Answer(302, {"Location": "file:///etc/hostname"}), "only http and https"),
        (Answer(302, {"Location": "ftp://example.org/a"}), "only http and https"),
        (Answer(302, {"Location": "/a"}), "more than 5 redirects"),
        (Answer(200, {"Content-Type": "image/png"}, b"\x89PNG"), "image/png, not text"),
        (Answer(200, TEXT), "empty"),
    ],
)
def test_an_answer_without_an_article_is_one_line(site: Site, answer: Answer, reason: str) -> None:
    site.pages["/a"] = answer
    assert reason in refusal(f"{site.address}/a")


def test_this_machine_is_not_asked_unless_that_is_allowed(site: Site) -> None:
    assert "private network" in refusal(f"{site.address}/a", allow_private=False)
    assert "private network" in refusal(f"http://localhost:{site.address.rpartition(':')[2]}/", allow_private=False)
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first machine must count as public here, for there is no network in a test.
    monkeypatch.setattr(
        "annotator.importers.connection.is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    site.pages["/a"] = Answer(302, {"Location": "http://10.0.0.1/secret"})
    assert "10.0.0.1 is on this machine or a private network" in refusal(f"{site.address}/a", allow_private=False)


def test_a_name_is_looked_up_once_and_only_public_addresses_of_it_are_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", port))
        return [private, (*private[:4], ("127.0.0.1", port))]

    monkeypatch.setattr("annotator.importers.connection.socket.getaddrinfo", look_up)
    monkeypatch.setattr("annotator.importers.connection.is_public", lambda address: address == "127.0.0.1")
    site.pages["/a"] = Answer(headers=TEXT, body=b"Words.")
    port = site.address.rpartition(":")[2]
    assert article(f"http://news.example:{port}/a", allow_private=False).text == "Words."
    assert asked == ["news.example"]
    assert site.asked[0][1]["Host"] == f"news.example:{port}"


def test_a_host_that_nobody_knows_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("annotator.importers.connection.socket.getaddrinfo", look_up)
    assert "the host 'news.example' is not known" in refusal("http://news.example/")


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.pages["/a"] = Answer(headers=TEXT, body=b"Words.")
    assert article(f"{site.address}/a").text == "Words."


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::", "2001:db8::1"),
        "2001:0:7f00:1::",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
        ("http://", "names no host"),
        ("http://user:word@127.0.0.1/", "user name"),
        ("http://127.0.0.1:99999/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://" + "é" * 80 + ".example/", "not an address"),
        ("http://127.0.0.1:1/", "no connection"),
    ],
)
def test_addresses_that_lead_nowhere_are_one_line(address: str, reason: str) -> None:
    assert reason in refusal(address)
