"""What plain Python code returns, as far as its text tells. Nothing is executed or imported.

Follows constants, names, look-ups, conditions on them, and calls between the functions of a
package. Whatever else stands there is `UNKNOWN`, and what depends on it is unknown too.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

MOST_DEPTH = 40
"""Expressions within expressions, and calls within calls, that are followed."""

MOST_STEPS = 200_000
"""Expressions looked at for one package: the largest public connector needs 9,000."""


class _Unknown:
    """A value that the text alone does not tell."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Any = _Unknown()

_COPIES = {"dict": dict, "list": list, "tuple": list, "set": list, "frozenset": list}


class Package:
    """The modules of a package, by their texts; constants and functions by name.

    Names are shared by all modules: connectors import what they need of their own modules by name,
    and use no name for two things.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        """`sources` are texts by file name; those that are no Python are in `unreadable`."""
        self.unreadable: list[str] = []
        self.classes: list[ast.ClassDef] = []
        self._values: dict[str, ast.expr] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        self._attributes: dict[str, ast.expr] = {}
        self._busy: set[str] = set()
        self._named_values: dict[ast.expr, Any] = {}
        self._steps = 0
        self.texts: list[str] = []
        self._called: set[str] = set()
        for name, source in sources.items():
            try:
                tree = ast.parse(source)
                self._take(tree)
                nodes = list(ast.walk(tree))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self.unreadable.append(name)
                continue
            self.texts += [
                node.value
                for node in nodes
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            called = (node.func for node in nodes if isinstance(node, ast.Call))
            self._called |= {getattr(one, "id", getattr(one, "attr", "")) for one in called}

    def _take(self, tree: ast.Module) -> None:
        for node in tree.body:
            self._take_assignment(node, self._values)
            if isinstance(node, ast.FunctionDef):
                self._functions.setdefault(node.name, node)
            elif isinstance(node, ast.ClassDef):
                self.classes.append(node)
                for inner in node.body:
                    self._take_assignment(inner, self._attributes)
                    if isinstance(inner, ast.FunctionDef):
                        self._functions.setdefault(inner.name, inner)
                        if inner.name == "__init__":
                            for statement in inner.body:
                                self._take_assignment(statement, self._attributes)

    @staticmethod
    def _take_assignment(node: ast.stmt, into: dict[str, ast.expr]) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        for target in targets:
            name = target.id if isinstance(target, ast.Name) else ""
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                name = target.attr if target.value.id == "self" else ""
            if name and isinstance(value, ast.expr):
                into[name] = value

    def has(self, function: str) -> bool:
        """Whether there is a function or method by this name."""
        return function in self._functions

    def calls_to(self, name: str) -> bool:
        """Whether a function or class by this name is called anywhere."""
        return name in self._called

    def constants(self) -> dict[str, Any]:
        """Every constant of a module or class whose value is known."""
        both = {**self._attributes, **self._values}
        values = {name: self.value(node, {}) for name, node in both.items()}
        return {name: value for name, value in values.items() if value is not UNKNOWN}

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function or method returns for arguments, `self` aside."""
        node = self._functions.get(function)
        if node is None or function in self._busy or len(self._busy) > MOST_DEPTH:
            return UNKNOWN
        names = [one.arg for one in node.args.args]
        names = names[1:] if names[:1] in (["self"], ["cls"]) else names
        scope = dict.fromkeys(names, UNKNOWN)
        scope.update(zip(names, arguments, strict=False))
        self._busy.add(function)
        try:
            return self._run(node.body, scope)[1]
        finally:
            self._busy.discard(function)

    def _run(self, body: list[ast.stmt], scope: dict[str, Any]) -> tuple[bool, Any]:
        """Whether the statements return, and what. A branch nobody can tell returns UNKNOWN."""
        for node in body:
            if isinstance(node, ast.Return):
                return True, self.value(node.value, scope) if node.value else None
            if isinstance(node, ast.Raise):
                return True, UNKNOWN
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                self._assign(node, scope)
            elif isinstance(node, ast.If):
                test = self.value(node.test, scope)
                if test is UNKNOWN:
                    if _leaves(node.body) or _leaves(node.orelse):
                        return True, UNKNOWN
                    self._forget([*node.body, *node.orelse], scope)
                    continue
                returned, value = self._run(node.body if test else node.orelse, scope)
                if returned:
                    return True, value
            elif isinstance(node, (ast.For, ast.While, ast.With, ast.Try)):
                if isinstance(node, ast.With):
                    returned, value = self._run(node.body, scope)
                    if returned:
                        return True, value
                elif _leaves(node.body):
                    return True, UNKNOWN
                else:
                    self._forget([node], scope)
        return False, None

    def _assign(self, node: ast.Assign | ast.AnnAssign, scope: dict[str, Any]) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        value = self.value(node.value, scope) if node.value else UNKNOWN
        for target in targets:
            if isinstance(target, ast.Name):
                scope[target.id] = value
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                held = scope.get(target.value.id)
                key = self.value(target.slice, scope)
                if isinstance(held, dict) and isinstance(key, str):
                    scope[target.value.id] = {**held, key: value}
            else:
                self._forget([node], scope)

    @staticmethod
    def _forget(nodes: list[ast.stmt], scope: dict[str, Any]) -> None:
        """What these statements may have changed is unknown, but for lists that may have grown."""
        for node in nodes:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    scope[inner.id] = UNKNOWN

    def value(self, node: ast.AST | None, scope: Mapping[str, Any], depth: int = 0) -> Any:
        """The value of an expression, `UNKNOWN` where the text does not tell."""
        self._steps += 1
        reader = getattr(self, f"_{type(node).__name__}", None)
        if reader is None or depth > MOST_DEPTH or self._steps > MOST_STEPS:
            return UNKNOWN
        return reader(node, scope, depth + 1)

    def _Constant(self, node: ast.Constant, scope: Mapping[str, Any], depth: int) -> Any:
        return node.value

    def _Name(self, node: ast.Name, scope: Mapping[str, Any], depth: int) -> Any:
        if node.id in scope:
            return scope[node.id]
        return self._named(node.id, self._values, depth)

    def _named(self, name: str, known: Mapping[str, ast.expr], depth: int) -> Any:
        if name not in known:
            return UNKNOWN
        node = known[name]
        if node not in self._named_values:
            self._named_values[node] = UNKNOWN  # what is made of itself is unknown
            self._named_values[node] = self.value(node, {}, depth)
        return self._named_values[node]

    def _Attribute(self, node: ast.Attribute, scope: Mapping[str, Any], depth: int) -> Any:
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            return self._named(node.attr, self._attributes, depth)
        held = self.value(node.value, scope, depth)
        return held.get(node.attr, UNKNOWN) if isinstance(held, dict) else UNKNOWN

    def _List(
        self, node: ast.List | ast.Tuple | ast.Set, scope: Mapping[str, Any], depth: int
    ) -> Any:
        items: list[Any] = []
        for one in node.elts:
            if isinstance(one, ast.Starred):
                inside = self.value(one.value, scope, depth)
                if not isinstance(inside, (list, dict)):
                    return UNKNOWN
                items += inside
            else:
                items.append(self.value(one, scope, depth))
        return items

    _Tuple = _Set = _List

    def _Dict(self, node: ast.Dict, scope: Mapping[str, Any], depth: int) -> Any:
        mapping: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            inside = self.value(value, scope, depth)
            if key is None:
                if not isinstance(inside, dict):
                    return UNKNOWN
                mapping.update(inside)
                continue
            name = self.value(key, scope, depth)
            if isinstance(name, (str, int)):
                mapping[name] = inside
        return mapping

    def _DictComp(self, node: ast.DictComp, scope: Mapping[str, Any], depth: int) -> Any:
        items = self._each(node.generators, scope, depth)
        if items is UNKNOWN:
            return UNKNOWN
        pairs = [(self.value(node.key, s, depth), self.value(node.value, s, depth)) for s in items]
        return {key: value for key, value in pairs if isinstance(key, (str, int))}

    def _ListComp(
        self, node: ast.ListComp | ast.GeneratorExp, scope: Mapping[str, Any], depth: int
    ) -> Any:
        items = self._each(node.generators, scope, depth)
        return items if items is UNKNOWN else [self.value(node.elt, s, depth) for s in items]

    _GeneratorExp = _SetComp = _ListComp

    def _each(self, loops: list[ast.comprehension], scope: Mapping[str, Any], depth: int) -> Any:
        """The scope of each round of one loop without surprises."""
        if len(loops) != 1:
            return UNKNOWN
        items = self.value(loops[0].iter, scope, depth)
        if not isinstance(items, (list, dict)):
            return UNKNOWN
        scopes = []
        for item in items:
            inner = {**scope}
            target = loops[0].target
            if isinstance(target, ast.Name):
                inner[target.id] = item
            elif isinstance(target, ast.Tuple) and isinstance(item, list):
                names = [one.id for one in target.elts if isinstance(one, ast.Name)]
                inner.update(zip(names, item, strict=False))
            else:
                return UNKNOWN
            tests = [self.value(test, inner, depth) for test in loops[0].ifs]
            if UNKNOWN in tests:
                return UNKNOWN
            if all(tests):
                scopes.append(inner)
        return scopes

    def _Subscript(self, node: ast.Subscript, scope: Mapping[str, Any], depth: int) -> Any:
        held = self.value(node.value, scope, depth)
        key = self.value(node.slice, scope, depth)
        if isinstance(held, dict) and isinstance(key, (str, int)):
            return held.get(key, UNKNOWN)
        if isinstance(held, list) and isinstance(key, int) and -len(held) <= key < len(held):
            return held[key]
        return UNKNOWN

    def _BinOp(self, node: ast.BinOp, scope: Mapping[str, Any], depth: int) -> Any:
        left = self.value(node.left, scope, depth)
        right = self.value(node.right, scope, depth)
        same = isinstance(left, (str, list)) and type(left) is type(right)
        if isinstance(node.op, ast.Add) and same and len(left) + len(right) < MOST_STEPS:
            return left + right
        if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
        return UNKNOWN

    def _IfExp(self, node: ast.IfExp, scope: Mapping[str, Any], depth: int) -> Any:
        test = self.value(node.test, scope, depth)
        if test is UNKNOWN:
            return UNKNOWN
        return self.value(node.body if test else node.orelse, scope, depth)

    def _BoolOp(self, node: ast.BoolOp, scope: Mapping[str, Any], depth: int) -> Any:
        is_or = isinstance(node.op, ast.Or)
        value: Any = UNKNOWN
        for one in node.values:
            value = self.value(one, scope, depth)
            if value is UNKNOWN or bool(value) == is_or:
                return value
        return value

    def _UnaryOp(self, node: ast.UnaryOp, scope: Mapping[str, Any], depth: int) -> Any:
        value = self.value(node.operand, scope, depth)
        if isinstance(node.op, ast.Not) and value is not UNKNOWN:
            return not value
        return UNKNOWN

    def _Compare(self, node: ast.Compare, scope: Mapping[str, Any], depth: int) -> Any:
        if len(node.ops) != 1:
            return UNKNOWN
        left = self.value(node.left, scope, depth)
        right = self.value(node.comparators[0], scope, depth)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        operator = node.ops[0]
        if isinstance(operator, (ast.In, ast.NotIn)):
            try:
                return (left in right) == isinstance(operator, ast.In)
            except TypeError:
                return UNKNOWN
        if isinstance(operator, (ast.Eq, ast.Is)):
            return bool(left == right)
        if isinstance(operator, (ast.NotEq, ast.IsNot)):
            return bool(left != right)
        return UNKNOWN

    def _Call(self, node: ast.Call, scope: Mapping[str, Any], depth: int) -> Any:
        arguments = [self.value(one, scope, depth) for one in node.args]
        keywords = {
            one.arg: self.value(one.value, scope, depth) for one in node.keywords if one.arg
        }
        if isinstance(node.func, ast.Name):
            return self._call_by_name(node.func.id, arguments, keywords)
        if not isinstance(node.func, ast.Attribute):
            return UNKNOWN
        method, owner = node.func.attr, node.func.value
        if isinstance(owner, ast.Name) and owner.id in ("self", "cls"):
            return self.call(method, *arguments)
        held = self.value(owner, scope, depth)
        if isinstance(held, dict):
            if method == "get" and arguments and isinstance(arguments[0], (str, int)):
                return held.get(arguments[0], arguments[1] if len(arguments) > 1 else None)
            if method in ("keys", "copy", "values", "items"):
                pairs = [[key, value] for key, value in held.items()]
                lists = {"keys": list(held), "values": list(held.values()), "items": pairs}
                return lists.get(method, dict(held))
        if isinstance(held, list) and method == "copy":
            return list(held)
        if isinstance(held, str) and method in ("lower", "upper", "strip") and not arguments:
            return getattr(held, method)()
        return UNKNOWN

    def _call_by_name(self, name: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        if name in self._functions:
            return self.call(name, *arguments)
        if name == "dict" and not arguments:
            return keywords
        if name in (*_COPIES, "sorted") and len(arguments) == 1:
            held = arguments[0]
            if name == "dict":
                return {**held, **keywords} if isinstance(held, dict) else UNKNOWN
            if not isinstance(held, (list, dict)):
                return UNKNOWN
            if name == "sorted":
                return sorted(held) if all(isinstance(one, str) for one in held) else UNKNOWN
            return list(held)
        # Whatever is made of named values reads like a mapping of them: data classes do.
        return keywords if keywords and name[:1].isupper() else UNKNOWN


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether a value may be returned from within: raising one only refuses a wrong call."""
    return any(isinstance(inner, ast.Return) for node in body for inner in ast.walk(node))
