"""A way over ssh to this machine itself: a server that lives for a benchmark, and a line as slow as a real one.

The server has its own configuration and keys in a temporary folder, listens on the loopback interface alone, and lets
in nobody but who runs the benchmark.
"""

from __future__ import annotations

import getpass
import os
import queue
import shlex
import shutil
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
_PATIENCE = 10.0
"""Seconds that the server has to begin to listen."""
_SEPARATION = Path("/run/sshd")
_SETTINGS = """\
ListenAddress {host}
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/client.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel ERROR
"""


def what_is_missing() -> str:
    """Why there can be no server here, in words; empty where there can be one."""
    missing = [name for name in ("ssh", "sshd", "ssh-keygen") if not _program(name)]
    if missing:
        return f"no {missing[0]} here"
    if os.geteuid() == 0 and not _SEPARATION.is_dir():
        return f"for root sshd wants the folder {_SEPARATION}, which its service makes"
    return ""


def _program(name: str) -> str:
    """Where a program is; sshd, which has to be called by its whole path, is seldom in PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/sbin") or ""


def free_port() -> int:
    """A port that nobody listens on now."""
    with closing(socket.socket()) as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


class SshServer:
    """A server for who runs this; leaving the context ends it. Raises OSError where it does not begin to listen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        for name in ("host", "client"):
            made = [_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / name)]
            subprocess.run(made, check=True, stdin=subprocess.DEVNULL)
        settings = self._folder / "sshd_config"
        settings.write_text(_SETTINGS.format(host=HOST, port=self.port, folder=self._folder), encoding="utf-8")
        command = [_program("sshd"), "-D", "-e", "-f", str(settings)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started = time.monotonic()
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() - started > _PATIENCE:
                self._process.kill()
                _, said = self._process.communicate()
                raise OSError(f"sshd does not listen: {said.strip()}")
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate()

    def command(self, port: int, folder: Path, remote: list[str], variables: dict[str, str]) -> list[str]:
        """The client's command for another command in a terminal over there, through a port, in a folder."""
        set_first = ["env", *(f"{name}={value}" for name, value in variables.items())]
        line = f"cd {shlex.quote(str(folder))} && exec {shlex.join([*set_first, *remote])}"
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "GlobalKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
        }
        said = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        me = ["-i", str(self._folder / "client"), "-l", getpass.getuser()]
        return [_program("ssh"), "-F", "none", "-tt", *said, *me, "-p", str(port), HOST, line]


def _listens(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection((HOST, port), timeout=1)):
        return True
    return False


class SlowLine:
    """A port that leads to another one, with so many seconds' delay each way; leaving the context closes it."""

    def __init__(self, to_port: int, delay: float) -> None:
        self._to_port, self._delay = to_port, delay
        self._listening = socket.create_server((HOST, 0))
        self.port = int(self._listening.getsockname()[1])
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listening, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection((HOST, self._to_port))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._join(one, other)

    def _join(self, one: socket.socket, other: socket.socket) -> None:
        """Send on what comes from one socket to the other, each piece when it has been on its way for the delay."""
        pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

        def take() -> None:
            data = b"?"
            while data:
                try:
                    data = one.recv(65_536)
                except OSError:
                    data = b""
                pieces.put((time.monotonic() + self._delay, data))

        def give() -> None:
            with suppress(OSError):
                while True:
                    due, data = pieces.get()
                    time.sleep(max(0.0, due - time.monotonic()))
                    if not data:
                        other.shutdown(socket.SHUT_WR)
                        return
                    other.sendall(data)

        for work in (take, give):
            Thread(target=work, daemon=True).start()
