"""Renders a DESIGN.md as HTML much as GitHub shows it, to look at in a browser.

    python scripts/render_design.py build/plan/sources/acme/DESIGN.md page.html --dark \\
        --mermaid node_modules/mermaid/dist/mermaid.min.js

Takes Markdown with tables, task lists, folds and Mermaid pictures. Without `--mermaid`, which
names the script of the npm package mermaid, pictures show as text. `--dark` sets the dark page.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

STYLE = """
:root { color-scheme: light; --page: #fff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0;
  --code: #eff1f3; --stripe: #f6f8fa; --link: #0969da; }
:root.dark { color-scheme: dark; --page: #0d1117; --text: #f0f6fc; --faint: #9198a1;
  --line: #3d444d; --code: #262c36; --stripe: #151b23; --link: #4493f8; }
body { background: var(--page); color: var(--text); margin: 0;
  font: 16px/1.5 "Noto Sans", "Liberation Sans", Arial, sans-serif; }
main { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 32px; }
h1, h2 { border-bottom: 1px solid var(--line); padding-bottom: .3em; }
h1, h2, h3 { margin: 24px 0 16px; line-height: 1.25; }
h1 { font-size: 2em } h2 { font-size: 1.5em } h3 { font-size: 1.25em }
p, ul, ol, blockquote, table, pre, details { margin: 0 0 16px; }
ul, ol { padding-left: 2em } li + li { margin-top: .25em }
li.task { list-style: none } li.task > input, li.task > p > input { margin: 0 .4em 0 -1.4em }
a { color: var(--link); text-decoration: none }
blockquote { border-left: .25em solid var(--line); color: var(--faint); padding: 0 1em; }
blockquote > :last-child { margin-bottom: 0 }
code { background: var(--code); border-radius: 6px; font-size: 85%; padding: .2em .4em;
  font-family: "Liberation Mono", monospace; white-space: break-spaces; }
pre { background: var(--stripe); border-radius: 6px; overflow: auto; padding: 16px }
pre code { background: none; padding: 0; white-space: pre }
pre.mermaid { background: none; text-align: center }
table { border-collapse: collapse; display: block; max-width: 100%; overflow: auto;
  width: max-content }
th, td { border: 1px solid var(--line); padding: 6px 13px }
tbody tr:nth-child(2n) { background: var(--stripe) }
hr { background: var(--line); border: 0; height: .25em; margin: 24px 0 }
"""


def as_html(text: str, *, dark: bool = False, mermaid: str = "") -> str:
    """A whole page. `mermaid` is the address of Mermaid's script, or '' to show its text."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.add_render_rule("fence", _fence)
    parser.core.ruler.push("task_lists", lambda state: _tick_boxes(state.tokens))
    parser.core.ruler.push("anchors", lambda state: _name_headings(state.tokens))
    script = ""
    if mermaid:
        theme = "dark" if dark else "default"
        script = (
            f'<script src="{html.escape(mermaid)}"></script>'
            f'<script>mermaid.initialize({{startOnLoad: true, theme: "{theme}"}})</script>'
        )
    return (
        f'<!doctype html><html class="{"dark" if dark else ""}"><head><meta charset="utf-8">'
        f"<style>{STYLE}</style>{script}</head>"
        f"<body><main>{parser.render(text)}</main></body></html>\n"
    )


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    token = tokens[index]
    content = html.escape(token.content)
    if token.info.strip() == "mermaid":
        return f'<pre class="mermaid">{content}</pre>\n'
    return f"<pre><code>{content}</code></pre>\n"


def _tick_boxes(tokens: Sequence[Token]) -> None:
    """Turns `[ ]` and `[x]` at the beginning of a list item into boxes."""
    for item, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or inline.type != "inline" or not inline.children:
            continue
        found = re.match(r"\[([ xX])\] ", inline.children[0].content)
        if not found:
            continue
        item.attrJoin("class", "task")
        first = inline.children[0]
        first.content = first.content[found.end() :]
        box = Token("html_inline", "", 0)
        box.content = f'<input type="checkbox" disabled{"" if found[1] == " " else " checked"}>'
        inline.children.insert(0, box)


def _name_headings(tokens: Sequence[Token]) -> None:
    """Gives headings the anchors that GitHub gives them."""
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            kept = re.sub(r"[^\w\- ]", "", inline.content.lower())
            heading.attrSet("id", kept.replace(" ", "-"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Renders a DESIGN.md as HTML.")
    parser.add_argument("design", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--dark", action="store_true", help="the dark page")
    parser.add_argument("--mermaid", type=Path, help="path of mermaid.min.js")
    given = parser.parse_args()
    address = given.mermaid.resolve().as_uri() if given.mermaid else ""
    page = as_html(given.design.read_text("utf-8"), dark=given.dark, mermaid=address)
    given.page.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
