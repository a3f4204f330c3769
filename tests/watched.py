"""Runs Copier and writes down everything that leaves the process or comes in from outside.

    python watched.py job.json

The job names an `operation` of Copier, its `arguments`, and a `report` to write: files that were
read and written, folders that were listed, programs started, sockets, and code compiled. Python
tells its audit hooks of all of them: https://docs.python.org/3/library/audit_events.html
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import copier
import copier.errors

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(job_file: str) -> None:
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    seen: dict[str, list[str]] = {
        kind: [] for kind in ("read", "written", "listed", "started", "sockets", "compiled")
    }

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            path, mode, flags = arguments
            wanted = set(mode or "") & set("wax+") or (flags or 0) & WRITES
            # Copier removes its clones with names that count from an open folder, not from here.
            relative = mode is None and not wanted and not os.path.lexists(path)
            # A temporary file without a name is opened, on Linux, as the folder it is in.
            if relative or (wanted and os.path.isdir(path)):
                return
            seen["written" if wanted else "read"].append(os.path.abspath(os.fsdecode(path)))
        elif event in ("os.listdir", "os.scandir") and not isinstance(arguments[0], int):
            seen["listed"].append(os.path.abspath(os.fsdecode(arguments[0] or ".")))
        elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
            seen["started"].append(os.fsdecode(arguments[0]))
        elif event.startswith("socket."):
            seen["sockets"].append(f"{event} {arguments}")
        elif event == "compile" and isinstance(arguments[0], (str, bytes)):
            source = arguments[0]
            seen["compiled"].append(source if isinstance(source, str) else source.decode())

    tempfile.gettempdir()  # Python tries out once whether it can write there
    sys.addaudithook(watch)
    getattr(copier, job["operation"])(**job["arguments"], defaults=True, unsafe=True, quiet=True)
    found = {kind: list(dict.fromkeys(found)) for kind, found in seen.items()}
    Path(job["report"]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
