"""Renders a DESIGN.md as one HTML page, much as GitHub shows it, for people without GitHub.

    python scripts/render_design.py build/plan/sources/acme/DESIGN.md page.html \\
        --mermaid node_modules/mermaid/dist/mermaid.min.js

The page stands alone: it loads nothing, follows the reader's choice of light or dark, and prints
in light with every fold open. Takes Markdown with tables, task lists, folds and Mermaid pictures.
Without `--mermaid`, which names the script of the npm package mermaid, pictures show as text.
`make show` gets that script and renders every plan of a folder.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

LIGHT = """color-scheme: light; --page: #fff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0;
  --code: #eff1f3; --stripe: #f6f8fa; --link: #0969da;"""
DARK = """color-scheme: dark; --page: #0d1117; --text: #f0f6fc; --faint: #9198a1; --line: #3d444d;
  --code: #262c36; --stripe: #151b23; --link: #4493f8;"""

STYLE = """
:root { LIGHT }
:root.dark { DARK }
.picture.dark, :root.dark .picture.light { display: none }
:root.dark .picture.dark { display: block }
@media screen and (prefers-color-scheme: dark) {
  :root.auto { DARK }
  :root.auto .picture.light { display: none } :root.auto .picture.dark { display: block }
}
body { background: var(--page); color: var(--text); margin: 0;
  font: 16px/1.5 "Noto Sans", "Liberation Sans", Arial, sans-serif; }
main { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 32px; }
h1, h2 { border-bottom: 1px solid var(--line); padding-bottom: .3em; }
h1, h2, h3 { margin: 24px 0 16px; line-height: 1.25; }
h1 { font-size: 2em } h2 { font-size: 1.5em } h3 { font-size: 1.25em }
p, ul, ol, blockquote, table, pre, details { margin: 0 0 16px; }
ul, ol { padding-left: 2em } li + li { margin-top: .25em }
li.task { list-style: none } li.task > input, li.task > p > input { margin: 0 .4em 0 -1.4em }
a { color: var(--link); text-decoration: none; overflow-wrap: anywhere }
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
.picture { margin: 0 0 16px; overflow: auto; text-align: center } .picture svg { max-width: 100% }
@media print {
  main { max-width: none; padding: 0 } body { font-size: 10pt }
  table { display: table; width: 100%; font-size: 8pt } th, td { padding: 3px 5px }
  tr, pre, .picture, blockquote { break-inside: avoid } h1, h2, h3 { break-after: avoid }
  pre code { white-space: pre-wrap } a { color: inherit }
}
""".replace("LIGHT", LIGHT).replace("DARK", DARK)

DRAW = """
addEventListener("DOMContentLoaded", async () => {
  const sources = [...document.querySelectorAll("pre.mermaid")];
  for (const theme of ["light", "dark"]) {
    mermaid.initialize({startOnLoad: false, theme: theme === "dark" ? "dark" : "default"});
    for (const [number, source] of sources.entries()) {
      const picture = document.createElement("div");
      picture.className = `picture ${theme}`;
      picture.innerHTML = (await mermaid.render(`${theme}-${number}`, source.textContent)).svg;
      source.before(picture);
    }
  }
  sources.forEach((source) => source.remove());
});
const folds = new Set();
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    folds.add(fold);
    fold.open = true;
  }
});
addEventListener("afterprint", () => {
  folds.forEach((fold) => (fold.open = false));
  folds.clear();
});
"""
"""Draws every picture for the light and for the dark page, of which the style shows one; opens the
folds of a page while it is printed."""


def as_page(text: str, mermaid: str = "", colours: str = "auto") -> str:
    """A page that loads nothing. `colours` are `light`, `dark`, or `auto` as its reader likes it.

    `mermaid` is the text of Mermaid's script, or '' to show the text of pictures.
    """
    script = ""
    if mermaid:
        # An end tag inside the script would end it.
        inlined = re.sub(r"</(?=script)", r"<\\/", mermaid, flags=re.IGNORECASE)
        script = f"<script>{inlined}</script><script>{DRAW}</script>"
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    title = html.escape(found[1] if found else "A plan")
    parser = MarkdownIt("commonmark", {"html": True, "highlight": _picture})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.push("task_lists", lambda state: _tick_boxes(state.tokens))
    parser.core.ruler.push("anchors", lambda state: _name_headings(state.tokens))
    return (
        f'<!doctype html><html lang="en" class="{colours}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style>{script}</head>"
        f"<body><main>{parser.render(text)}</main></body></html>\n"
    )


def _picture(content: str, language: str, attributes: str) -> str:
    """What Mermaid finds and draws; '' leaves other code to the parser."""
    return f'<pre class="mermaid">{html.escape(content)}</pre>' if language == "mermaid" else ""


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
    parser = argparse.ArgumentParser(description="Renders a DESIGN.md as one HTML page.")
    parser.add_argument("design", type=Path, help="a DESIGN.md")
    parser.add_argument("page", type=Path, help="the HTML file to write")
    parser.add_argument("--mermaid", type=Path, help="path of mermaid.min.js")
    given = parser.parse_args()
    mermaid = given.mermaid.read_text("utf-8") if given.mermaid else ""
    page = as_page(given.design.read_text("utf-8"), mermaid)
    given.page.parent.mkdir(parents=True, exist_ok=True)
    given.page.write_text(page, "utf-8", newline="\n")
    print(given.page)


if __name__ == "__main__":
    main()
