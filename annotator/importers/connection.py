"""A connection to one machine, checked before anything is sent, and closed when the time is over."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# RFC 6052: the last 32 bits are an IPv4 address.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """What is not fetched, with the reason."""


@contextmanager
def connected(
    host: str, port: int, deadline: float, context: ssl.SSLContext | None, *, allow_private: bool
) -> Iterator[socket.socket]:
    """A connection to the host, with TLS where there is a `context`; `deadline` is in seconds of `time.monotonic`.

    The name is looked up once, and connected is to an address that was checked, so that a name that changes its
    address in between gains nothing. At the deadline the connection is shut, whatever it is doing. Raises Refused
    where no address of the host is public (unless `allow_private`), and OSError.
    """
    sock = _open(host, port, deadline, allow_private=allow_private)
    try:
        if context is not None:
            sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        # A time-out on each read would let a server that sends a byte now and then hold the line for ever.
        watch = Timer(_left(deadline), _shut, [sock])
        watch.daemon = True
        watch.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            yield sock
        finally:
            watch.cancel()
            watch.join()
    finally:
        sock.close()
    if time.monotonic() >= deadline:
        raise TimeoutError


def _open(host: str, port: int, deadline: float, *, allow_private: bool) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Refused(f"the host {host!r} is not known: check the address and the network") from error
    allowed = [entry for entry in found if allow_private or is_public(str(entry[4][0]))]
    if not allowed:
        raise Refused(
            f"{host} is on this machine or a private network, which is not read from; allow it with --allow-private"
        )
    last: OSError | None = None
    for family, kind, protocol, _, address in allowed:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(_left(deadline))
            sock.connect(address)
        except OSError as error:
            sock.close()
            last = error
        else:
            return sock
    raise last or OSError(f"no address for {host}")


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet, and so is every IPv4 address that it stands for."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    carried = _carried(ip)
    if carried:
        return all(is_public(str(each)) for each in carried)
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def _carried(ip: _Address) -> list[_Address]:
    """The IPv4 addresses that an IPv6 address stands for (mapped, translated, 6to4, Teredo)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    if ip in _TRANSLATED:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    single = ip.ipv4_mapped or ip.sixtofour
    return [single] if single is not None else list(ip.teredo or ())


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises TimeoutError when it is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shut(sock: socket.socket) -> None:
    # Not the TLS socket's own shutdown: that one takes the encryption away from under a read that is going on.
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
