"""docs/reference/plan.md, from the types in extensions/planning/."""

from __future__ import annotations

import ast
import inspect
from itertools import zip_longest

from . import GENERATED, ROOT, table

PLANNING = ROOT / "extensions" / "planning"
MODULES = "answers/answer_types answers/naming terms/states sources/existing plan/model".split()


def page() -> str:
    """docs/reference/plan.md."""
    files = [PLANNING / f"{name}.py" for name in MODULES]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    types = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    tree = trees[-1]
    intro = inspect.cleandoc(ast.get_docstring(tree) or "").partition("\n\n")[2]
    return (
        f"{GENERATED}# Plan types\n\n{intro}\n\n"
        "Templates get a [`Plan`](#plan) from `make_plan()`. The types stand in\n"
        "`answers/answer_types.py`, `answers/naming.py`, `terms/states.py`, `sources/existing.py`\n"
        "and `plan/model.py` of `extensions/planning/`.\n" + "".join(_section(one) for one in types)
    )


def _section(type_: ast.ClassDef) -> str:
    documented = f"\n## {type_.name}\n\n{ast.get_docstring(type_)}\n"
    rows = [*_fields(type_), *_methods(type_)]
    return f"{documented}\n{table(('Name', 'Type', 'Default', 'Note'), rows)}"


def _fields(type_: ast.ClassDef) -> list[tuple[str, ...]]:
    rows = []
    for node, following in zip_longest(type_.body, type_.body[1:]):
        if isinstance(node, ast.AnnAssign):
            default = _default(ast.unparse(node.value) if node.value else "")
            rows.append((_code(node.target), _code(node.annotation), default, _note(following)))
    return rows


def _methods(type_: ast.ClassDef) -> list[tuple[str, ...]]:
    rows = []
    for node in type_.body:
        if isinstance(node, ast.FunctionDef) and node.returns:
            takes = ", ".join(argument.arg for argument in node.args.args[1:])
            shown = f"`{node.name}({takes})`" if takes else f"`{node.name}`"
            note = " ".join((ast.get_docstring(node) or "").split())
            rows.append((shown, _code(node.returns), "worked out", note))
    return rows


def _code(node: ast.expr) -> str:
    return f"`{ast.unparse(node)}`"


def _default(text: str) -> str:
    text = text.removeprefix("MappingProxyType(").removesuffix(")") if "Proxy" in text else text
    return f"`{text}`" if text else "must be given"


def _note(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""
