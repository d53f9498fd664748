"""A workbench in a browser that keeps time: headless Chromium, told what to do by its own DevTools protocol.

A key's time begins with the browser's own stamp of the key and ends with the last time that the terminal in the page
drew something, both on the page's clock. What the compositor needs for the next frame is in no figure, and neither is
the protocol.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from benchmarks.apparatus.terminal import PATIENCE, TerminalFailure

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = 0.1
"""Seconds without a message or a drawing after which the page counts as settled."""
_WINDOW = "1084,864"
"""Pixels; about 120 columns and 40 rows."""

_MARKS = """
(() => {
  const marks = window.marks = {key: 0, drawn: 0, heard: 0, said: ""};
  const drawn = () => { marks.drawn = performance.now(); };
  const drawing = [
    [CanvasRenderingContext2D, ["drawImage", "fillRect", "fillText", "clearRect"]],
    [WebGL2RenderingContext, ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]],
  ];
  for (const [kind, names] of drawing)
    for (const name of names) {
      const before = kind.prototype[name];
      kind.prototype[name] = function (...rest) { drawn(); return before.apply(this, rest); };
    }
  const inRows = (change) => {
    const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    return element && element.closest(".xterm-rows");
  };
  const seen = new MutationObserver((changes) => { if (changes.some(inRows)) drawn(); });
  seen.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  window.addEventListener("keydown", (event) => { marks.key = event.timeStamp; }, true);
  const text = new TextDecoder("utf-8");
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", async (event) => {
        marks.heard = performance.now();
        const data = event.data instanceof Blob ? await event.data.arrayBuffer() : event.data;
        marks.said += typeof data === "string" ? data : text.decode(data, {stream: true});
      });
    }
  };
})();
"""
_SETTLED = """
new Promise((done) => {
  const look = () => {
    const {key, drawn, heard} = window.marks, now = performance.now();
    if (drawn > key && heard > key && now - Math.max(drawn, heard) > %d) done(drawn - key);
    else if (now - key > %d) done(null);
    else setTimeout(look, 10);
  };
  look();
})
"""
_KEYS = {"\r": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}}


def chromium() -> str:
    """Where a Chromium is, or an empty text."""
    return next(filter(None, map(shutil.which, _NAMES)), "")


class Browser:
    """A page in a browser without a window; leaving the context ends it. TerminalFailure where it does not come."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._address = folder, address
        self._loop = asyncio.new_event_loop()
        self._number = 0

    def __enter__(self) -> Self:
        root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        options = ["--headless=new", "--remote-debugging-port=0", f"--window-size={_WINDOW}", "--no-first-run", *root]
        command = [chromium(), *options, f"--user-data-dir={self._folder}", "about:blank"]
        nothing = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
        try:
            self._loop.run_until_complete(self._open())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.run_until_complete(self._leave())
        self._end()

    def until(self, wanted: str) -> None:
        """Wait until the program has written this."""
        started = time.monotonic()
        while not self._ask(f"window.marks.said.includes({json.dumps(wanted)})"):
            if time.monotonic() - started > PATIENCE:
                raise TerminalFailure(f"{wanted!r} did not come: {self._ask('window.marks.said.slice(-2000)')}")
            time.sleep(0.05)

    def settle(self, seconds: float = 0.5) -> None:
        """Wait until nothing has been drawn for so long."""
        self._ask("document.querySelector('textarea').focus()")
        while self._ask("performance.now() - window.marks.drawn") < seconds * 1000:
            time.sleep(0.05)

    def press(self, key: bytes) -> float:
        """Seconds from a key until the last time that the page drew what came of it."""
        text = key.decode()
        named: dict[str, Any] = _KEYS.get(text, {"key": text, "windowsVirtualKeyCode": ord(text.upper())})
        for kind in ({"type": "keyDown", "text": text}, {"type": "keyUp"}):
            self._call("Input.dispatchKeyEvent", **kind, **named)
        milliseconds = self._ask(_SETTLED % (_QUIET * 1000, PATIENCE * 100))
        if milliseconds is None:
            raise TerminalFailure(f"the key {key!r} changed nothing: {self._ask('window.marks.said.slice(-2000)')}")
        return float(milliseconds) / 1000

    def _ask(self, expression: str) -> Any:
        found = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise TerminalFailure(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._loop.run_until_complete(asyncio.wait_for(self._said(method, **parameters), PATIENCE))

    async def _said(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise TerminalFailure(f"{method}: {answer['error']}")
                return dict(answer["result"])

    async def _open(self) -> None:
        port = await asyncio.wait_for(self._port(), PATIENCE)
        self._client = aiohttp.ClientSession()
        async with self._client.get(f"http://127.0.0.1:{port}/json/list") as answer:
            page = next(each for each in await answer.json() if each["type"] == "page")
        self._socket = await self._client.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        await self._said("Page.enable")
        await self._said("Emulation.setFocusEmulationEnabled", enabled=True)
        await self._said("Page.addScriptToEvaluateOnNewDocument", source=_MARKS)
        await self._said("Page.navigate", url=self._address)

    async def _port(self) -> int:
        """The port that the browser has chosen for itself, as it writes it down."""
        written = self._folder / "DevToolsActivePort"
        while True:
            found = written.read_text(encoding="utf-8").split() if written.exists() else []
            # The port, and behind it the browser's own address.
            if len(found) == 2:
                return int(found[0])
            if self._process.poll() is not None:
                raise TerminalFailure(f"{chromium()} ended with {self._process.returncode}")
            await asyncio.sleep(0.05)

    async def _leave(self) -> None:
        await self._socket.close()
        await self._client.close()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE / 10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._loop.close()
