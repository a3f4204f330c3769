"""Builds the blank twin: a template that asks what ours asks, and plans nothing.

The twin is made from our own copier.yml and files whenever it is needed, so it stays fair as
questions change. It has the same questions with the same types, choices, helps, validators and
conditions, the same settings, and a file of one line for each of ours. Where ours calls the
extension, the twin has an expression of plain Jinja in the same place. What the difference between
the two costs is what the planning session costs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
import yaml
from copier._template import load_template_config
from jinja2 import nodes

ROOT = Path(__file__).resolve().parent.parent

EXTENSION = "extensions/session.py:PlanningSession"

CALL = re.compile(r"\b([a-z_]+)\([^()]*(?:\([^()]*\)[^()]*)*\)")
"""A call in a path or pattern: `package()`, `shielded(package())`."""

STAND_INS = {
    "choices": "{{ (tables or []) | reject('mapping') | list }}",
    "validator": "{{ '' if connector else 'connector: give a name.' }}",
    "when": "{{ connector is defined or true }}",
    "ask": "{{ connector | length > 0 }}",
    "help": "{{ connector }}",
}
"""What stands for an expression that needs the extension, by the setting it is found in."""

PLAIN = {
    "standalone()": "layout == 'standalone'",
    "upstream()": "layout == 'upstream'",
    "make_plan().answers.answered_for": "tables",
    "table.name": "table.name or table",
}
"""What decides in paths which files come out, in plain Jinja: as many of them as ours."""

_PLAIN = jinja2.Environment()


def build(folder: Path) -> Path:
    """Writes the twin into `folder`, which must not exist, and returns it."""
    config = load_template_config(ROOT / "copier.yml")
    questions = {name for name in config if not name.startswith("_")}
    twin = {
        name: _question(setting, questions)
        if name in questions
        else _setting(name, setting, questions)
        for name, setting in config.items()
    }
    folder.mkdir(parents=True)
    (folder / "copier.yml").write_text(
        yaml.safe_dump(twin, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8"
    )
    source = ROOT / config["_subdirectory"]
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        target = folder / config["_subdirectory"] / _without_calls(str(file.relative_to(source)))
        target.parent.mkdir(parents=True, exist_ok=True)
        if "_copier_conf.answers_file" in file.name:
            target.write_text("{{ _copier_answers | to_nice_yaml }}")
        else:
            target.write_text("{{ connector }}\n")
    return folder


def _question(details: dict[str, Any], questions: set[str]) -> dict[str, Any]:
    said = {
        key: _stand_in(key, details) if _needs_extension(value, questions) else value
        for key, value in details.items()
    }
    if isinstance(said.get("choices"), dict):
        said["choices"] = {label: _choice(one) for label, one in said["choices"].items()}
    return said


def _choice(one: Any) -> Any:
    """A choice; one that may be refused is asked for its refusal in plain Jinja."""
    return {**one, "validator": STAND_INS["validator"]} if isinstance(one, dict) else one


def _stand_in(key: str, details: dict[str, Any]) -> Any:
    if key != "default":
        return STAND_INS[key]
    if details.get("multiselect"):
        return "{{ [] if connector else [] }}"
    # The first choice is a valid answer; a text question takes any text.
    first = next(iter(details.get("choices", {"": "connector"}).values()))
    first = first["value"] if isinstance(first, dict) else first
    return f"{{{{ '{first}' if connector else '' }}}}"


def _setting(name: str, setting: Any, questions: set[str]) -> Any:
    if name == "_answers_file":
        return "sources/{{ connector | default('') }}/.copier-answers.yml"
    if name == "_jinja_extensions":
        return [one for one in setting if one != EXTENSION]
    if isinstance(setting, list):
        return [
            "{{ connector | default('') }}.none" if _needs_extension(one, questions) else one
            for one in setting
        ]
    if _needs_extension(setting, questions):
        return "{{ connector }}"
    return setting


def _needs_extension(text: object, questions: set[str]) -> bool:
    """Whether a template calls or filters with something that neither Jinja nor Copier has."""
    if not isinstance(text, str) or "{" not in text:
        return False
    parsed = _PLAIN.parse(text)
    if {found.name for found in parsed.find_all(nodes.Filter)} - set(_PLAIN.filters):
        return True
    names = list(parsed.find_all(nodes.Name))
    known = questions | {name.name for name in names if name.ctx == "store"}
    return any(name.name not in known and not name.name.startswith("_") for name in names)


def _without_calls(path: str) -> str:
    """The path with plain Jinja for each call; where it is a text, it counts as true."""
    for call, plain in PLAIN.items():
        path = path.replace(call, plain)
    return CALL.sub(r"(connector ~ '_\1')", path)
