"""Makes the pictures of README.md from the real thing: a session in a terminal, and its DESIGN.md.

    python scripts/make_pictures.py node_modules/mermaid/dist/mermaid.min.js

Takes the script of the npm package mermaid, and writes docs/images/. Needs requirements-dev.txt and
-docs.txt, Python 3.11, a Unix terminal, and Chromium as `chromium`, or wherever CHROMIUM says.
"""

from __future__ import annotations

import html
import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import pyte
from render_design import as_page
from run_plan import FIRST_EXAMPLE, ROOT, read_answers, run_session

IMAGES = ROOT / "docs" / "images"

SUMMARY, RISKS = (1012, 765), (1012, 1305)
"""Width of GitHub's text column, and height of what is shown of each part, in pixels."""
COLUMNS, ROWS = 92, 30
TERMINAL = (COLUMNS * 10, ROWS * 22 + 40)

ENTER, END, CLEAR = "\r", "\x1b\r", "\x15"
SESSION = (
    ("Name of the connector", f"pagerduty{ENTER}"),
    ("What is this session for?", ENTER),
    ("How much to ask now?", ENTER),
    ("Where will the connector live?", ENTER),
    ("Name of the source system", f"{CLEAR}PagerDuty{ENTER}"),
    ("What is the source, seen by", ENTER),
    ("Address of the official documentation", f"https://developer.pagerduty.com{ENTER}"),
    ("What problem does the connector solve?", f"Incident counts are copied by hand.{END}"),
    ("Who will use the data?", f"platform engineers{ENTER}"),
    ("What will they do with it?", f"incidents by service and week{ENTER}"),
    ("Is there a Databricks managed connector", ENTER),
    ("Is there a Lakeflow community connector", ENTER),
    ("Connectors of others", ENTER),
    ("What should be done?", ""),
)
"""What the session asks, and what a person types; the picture is taken at the last question."""

QUIET_SECONDS, LONGEST_SECONDS = 1.0, 60
TEXT, STRINGS = "#d6deeb", "#7ec699"
LEGIBLE = {"default": TEXT, "000087": STRINGS}
"""Colour as the session names it -> one that can be read on a dark ground."""
MICROPHONE = "\N{MICROPHONE}"
"""Stands before each question; few fonts of a headless machine have it."""
TERMINAL_STYLE = (
    "body{margin:0;background:#011627}"
    "pre{margin:20px;color:#d6deeb;font:16px/22px 'Liberation Mono',monospace}"
)


def main(mermaid: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        design = make_design(Path(folder) / "plan")
        script = Path(mermaid).read_text(encoding="utf-8")
        for colours in ("light", "dark"):
            for part, text, size in (
                ("summary", design, SUMMARY),
                ("risks", f"## 4. Risks{design.partition('## 4. Risks')[2]}", RISKS),
            ):
                photograph(as_page(text, script, colours), IMAGES / f"{part}-{colours}.png", size)
        photograph(hold_session(Path(folder) / "session"), IMAGES / "session.png", TERMINAL)


def make_design(folder: Path) -> str:
    """DESIGN.md of the example."""
    run_session(folder, read_answers(FIRST_EXAMPLE), asks=False)
    return next(folder.glob("**/DESIGN.md")).read_text(encoding="utf-8")


def hold_session(folder: Path) -> str:
    """Answers the first questions in a terminal of its own; the screen at the last, as a page."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", LINES=str(ROWS), COLUMNS=str(COLUMNS))
        command = ("copier", "copy", "--trust", "--vcs-ref", "HEAD", str(ROOT), str(folder))
        os.execv(sys.executable, (sys.executable, "-m", *command))
    termios.tcsetwinsize(terminal, (ROWS, COLUMNS))
    try:
        for question, typed in SESSION:
            wait_for(question, terminal, stream, screen)
            os.write(terminal, typed.encode())
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
    return as_html(screen)


def wait_for(text: str, terminal: int, stream: pyte.ByteStream, screen: pyte.Screen) -> None:
    """Reads until the screen shows a text and nothing more comes."""
    while True:
        shown = any(text in line for line in screen.display)
        ready, _, _ = select.select([terminal], [], [], QUIET_SECONDS if shown else LONGEST_SECONDS)
        if ready:
            if b"\x1b[6n" in (data := os.read(terminal, 65536)):  # where the cursor is
                os.write(terminal, f"\x1b[{screen.cursor.y + 1};{screen.cursor.x + 1}R".encode())
            stream.feed(data)
        elif shown:
            return
        else:
            sys.exit(f"the session does not ask {text!r}:\n" + "\n".join(screen.display))


def as_html(screen: pyte.Screen) -> str:
    """The screen as HTML."""
    rows = (screen.buffer[row] for row in range(screen.lines))
    lines = ("".join(_cell(row[at]) for at in range(screen.columns)).rstrip() for row in rows)
    head = f"<!doctype html><meta charset=utf-8><style>{TERMINAL_STYLE}</style>"
    return f"{head}<pre>{chr(10).join(lines)}</pre>"


def _cell(cell: pyte.screens.Char) -> str:
    text = html.escape(cell.data.replace(MICROPHONE, "●"))
    colour = LEGIBLE.get(cell.fg, f"#{cell.fg}" if len(cell.fg) == 6 else TEXT)
    weight = ";font-weight:bold" if cell.bold else ""
    if colour == TEXT and not weight:
        return text
    return f'<span style="color:{colour}{weight}">{text}</span>'


def photograph(page: str, target: Path, size: tuple[int, int]) -> None:
    """Shows a page in a headless browser and keeps what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        browser = os.environ.get("CHROMIUM", "chromium")
        plain = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        profile, window = f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}"
        wait = "--virtual-time-budget=10000"  # Mermaid draws after the page is there
        command = (browser, *plain, profile, window, wait, f"--screenshot={target}", file.as_uri())
        subprocess.run(command, check=True, capture_output=True)
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main(*sys.argv[1:])
