"""`annotator serve`: the workbench in a browser."""

from __future__ import annotations

from collections.abc import Sequence

import click

from annotator.cli.invocation import Invocation, opened, reviewer_name, takes_database, takes_reviewer
from annotator.cli.numbers import WholeNumber
from annotator.cli.streams import emit, narrate
from annotator.errors import AnnotatorError
from annotator.model.text import neutral_line
from annotator.model.web_address import web_address
from annotator.web.links import Links, is_loopback, new_links

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - refused, not bound
_LAST_PORT = 65_535


def _names(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reviewer_name(name) for name in value.split(",") if name.strip())) if value else ()


@click.command()
@click.option("--reviewers", callback=_names, metavar="NAME,NAME", help="A secret link is made for each of these.")
@click.option("--host", default="localhost", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=WholeNumber(1, _LAST_PORT), default=8000, show_default=True, help="The port.")
@click.option("--public-url", metavar="URL", help="The address by which browsers reach it, where a proxy is in front.")
@takes_database
@takes_reviewer
@click.pass_obj
def serve(invocation: Invocation, reviewers: Sequence[str], host: str, port: int, public_url: str | None) -> None:
    """Serve the workbench to browsers, with one link per reviewer.

    Each window is a workbench of its own, with the same keys. Without --reviewers it is yours alone, on this machine,
    without a link. Needs the extra: pip install 'annotator[serve]'.
    """
    links = _links(invocation, reviewers, host, public_url)
    if public_url is not None:
        public_url = web_address(public_url).rstrip("/")
    try:
        from annotator.web.server import WorkbenchServer
    except ImportError as error:
        raise AnnotatorError("serving needs textual-serve: pip install 'annotator[serve]'") from error
    from annotator.store.aliases import check_present

    with opened(invocation) as store:
        for name in reviewers:
            check_present(store.connection, name)
        server = WorkbenchServer(invocation.path, links, host, port, public_url)
    for name, address in server.links().items():
        emit(neutral_line(f"{name}: {address}") + "\n")
    narrate("each link is its reviewer's secret; Ctrl-C ends the server" if reviewers else "Ctrl-C ends the server")
    server.serve()


def _links(invocation: Invocation, reviewers: Sequence[str], host: str, public_url: str | None) -> Links:
    if host in _EVERYWHERE and public_url is None:
        raise click.UsageError(f"--host {host} is no name that a browser can ask for: say it with --public-url")
    if reviewers:
        if not is_loopback(host) and not (public_url or "").startswith("https:"):
            narrate("the links go over the network unencrypted: put a proxy with HTTPS in front, or use ssh -L")
        return new_links(reviewers)
    if not is_loopback(host) or public_url is not None:
        raise click.UsageError("whom others may reach has links: name the reviewers with --reviewers")
    me = invocation.reviewer_or_configured()
    if me is None:
        raise click.UsageError("say who is at work with --reviewer, or who may come with --reviewers")
    return Links({}, alone=me)
