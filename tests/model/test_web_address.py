from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DomainError
from annotator.model.web_address import on_one_line, web_address


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("", ""),
        (" \n", ""),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a\u00a0b", "https://example.org/a%C2%A0b"),
        ("  https://example.org/x \n", "https://example.org/x"),
        ("\u200bhttps://example.org/x\u200b\ufeff", "https://example.org/x"),
        ("https://example.org/very-\r\n   long/path", "https://example.org/very-long/path"),
        ("https://example.org/a\tb", "https://example.org/ab"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("“https://example.org/x”", "https://example.org/x"),
        ("„https://example.org/x“", "https://example.org/x"),
        ("'<https://example.org/x>'", "https://example.org/x"),
        ("[ https://example.org ]", "https://example.org"),
        ("(https://example.org/x_(y))", "https://example.org/x_(y)"),
        ("https://example.org/x_(y)", "https://example.org/x_(y)"),
        ("URL: https://example.org/x", "https://example.org/x"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("www.example.org", "https://www.example.org"),
        ("example.org/x", "https://example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("//example.org/x", "https://example.org/x"),
        ("HTTPS://Example.ORG/X", "https://example.org/X"),
        ("https://müller.example/straße?q=ä ö", "https://müller.example/straße?q=ä%20ö"),
        ("https://हिन्दी.example/पुल", "https://हिन्दी.example/पुल"),
        ("https://example。org/x", "https://example.org/x"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a%2", "https://example.org/a%252"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]:80/x"),
        ("http://192.168.1.1/x", "http://192.168.1.1/x"),
        ("https://example.org./", "https://example.org./"),
        ("https://example.org?q=a|b#frag ment", "https://example.org?q=a%7Cb#frag%20ment"),
        ("https://example.org/x?a[]=1&b={c}", "https://example.org/x?a[]=1&b=%7Bc%7D"),
        ("https://example.org/\x1b[31m\u202egpj", "https://example.org/%1B[31m%E2%80%AEgpj"),
        ("https://archive.example/2026/https://example.org/x", "https://archive.example/2026/https://example.org/x"),
    ],
)
def test_an_address_is_put_right(given_: str, kept: str) -> None:
    assert web_address(given_) == kept
    assert web_address(kept) == kept


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("The bridge closed at dawn", "it begins with https:// or http://"),
        ("see above", "it begins with https:// or http://"),
        ("example.org", "write https://example.org"),
        ("localhost:8000/x", "it begins with https://"),
        ("javascript:alert(1)", "only http and https are kept, not javascript:"),
        ("file:///etc/hosts", "not file:"),
        ("data:text/html,x", "not data:"),
        ("ftp://example.org/a", "not ftp:"),
        ("mailto:ana@example.org", "not mailto:"),
        ("C:\\papers\\x.pdf", "not c:"),
        ("https://", "it names no host"),
        ("https:///x", "it names no host"),
        ("https:/example.org", "followed by two slashes"),
        ("http://https://example.org/x", "https: stands in it twice"),
        ("https://…", "is no name of a host"),
        ("https://exa mple.org/", "'exa mple.org' is no name of a host"),
        ("https://-a.example/", "is no name of a host"),
        ("https://a..example/", "is no name of a host"),
        (f"https://{'a' * 64}.example/", "is no name of a host"),
        ("https://example.org:99999/x", "no host and port are written like 'example.org:99999'"),
        ("https://example.org:x/", "no host and port are written like"),
        ("http://[::zz]/", "no host and port are written like"),
        ("http://999.1.1.1/", "'999.1.1.1' is no address of a machine"),
        ("https://ana:secret@example.org/", "leave out what stands before the @"),
        ("https://a.example/x https://b.example/y", "these are two"),
        ("https://a.example/x\nwww.b.example/y", "these are two"),
    ],
)
def test_what_is_no_address_is_said_with_the_remedy(given_: str, said: str) -> None:
    with pytest.raises(DomainError, match=r"^no web address: ") as refused:
        web_address(given_)
    assert said in str(refused.value)


def test_what_is_said_of_an_address_draws_nothing() -> None:
    with pytest.raises(DomainError) as refused:
        web_address("not \x1b]52;c;eA==\x07 one")
    assert str(refused.value).isprintable()


def test_lines_are_joined_but_not_two_addresses() -> None:
    assert on_one_line(" https://a.example/b-\n  c\nhttps://d.example ") == "https://a.example/b-c https://d.example"


@given(st.text())
def test_whatever_is_kept_can_be_shown_and_is_kept_again(text: str) -> None:
    for typed in (text, f"https://example.org/{text}", f"https://{text}"):
        try:
            kept = web_address(typed)
        except DomainError:
            continue
        assert not kept or kept.startswith(("http://", "https://"))
        assert kept.isprintable()
        assert " " not in kept
        assert web_address(kept) == kept
