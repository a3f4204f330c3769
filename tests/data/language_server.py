"""A small client of the Language Server Protocol, enough to ask what an editor would show."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


def find_server() -> str | None:
    """The server that YAML_LANGUAGE_SERVER names, that of node_modules, or that on the PATH."""
    local = ROOT / "node_modules" / ".bin" / "yaml-language-server"
    named = os.environ.get("YAML_LANGUAGE_SERVER", "")
    return next(filter(None, map(shutil.which, (named, str(local), "yaml-language-server"))), None)


class Server:
    """A running language server. Positions are a line and a column, both from 0."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(
            [command, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._last = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        completion = {"completionItem": {"documentationFormat": ["markdown"]}}
        document = {"hover": {"contentFormat": ["markdown"]}, "completion": completion}
        self._ask("initialize", {"processId": None, "capabilities": {"textDocument": document}})
        self._send("initialized", {})
        settings = {"validate": True, "completion": True, "hover": True}
        self._send("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def open(self, file: Path) -> str:
        """Opens a file in the editor; returns its address."""
        uri = file.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": file.read_text()}
        self._send("textDocument/didOpen", {"textDocument": document})
        return uri

    def hover(self, uri: str, line: int, column: int) -> str:
        """What the editor shows when the mouse rests there."""
        found = self._ask("textDocument/hover", _place(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, uri: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What the editor offers there, by label."""
        found = self._ask("textDocument/completion", _place(uri, line, column))
        return {item["label"]: item for item in found["items"]}

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the editor underlines."""
        while uri not in self._diagnostics:
            self._read()
        return self._diagnostics[uri]

    def close(self) -> None:
        """Stops the server."""
        self._ask("shutdown", None)
        self._send("exit", None)
        self._process.communicate(timeout=30)

    def _ask(self, method: str, parameters: Any) -> Any:
        self._last += 1
        number = self._last
        self._send(method, parameters, id=number)
        while (message := self._read()).get("id") != number or "method" in message:
            pass
        assert "error" not in message, message
        return message["result"]

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while (header := self._process.stdout.readline().strip()) or not length:
            assert header or self._process.poll() is None, "the language server has stopped"
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            # The server asks for settings and the like: it gets nothing, and takes its defaults.
            wanted = message.get("params", {}).get("items", []) if message["params"] else []
            self._write({"id": message["id"], "result": [None for _ in wanted]})
        return message

    def _send(self, method: str, parameters: Any, **more: Any) -> None:
        self._write({"method": method, "params": parameters, **more})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
