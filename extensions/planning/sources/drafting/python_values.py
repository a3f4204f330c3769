"""What plain Python code returns, as far as its text tells. Nothing is executed or imported.

Follows constants, names, look-ups, conditions on them, and calls between the functions of a
package. Whatever else stands there is `UNKNOWN`, and what depends on it is unknown too. Each kind
of expression leads to all others, so they stand in one file.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

MOST_DEPTH = 100
"""Expressions within expressions, through calls, that are followed. The deepest of the
public connectors has 56.
"""

MOST_STEPS = 200_000
"""Expressions looked at for one package: the largest public connector needs 18,500."""


UNKNOWN: Any = object()
"""A value that the text alone does not tell."""


class _UntoldError(Exception):
    """The text does not tell a value that another one depends on."""


_COMPARISONS: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.Is: operator.eq,
    ast.NotEq: operator.ne,
    ast.IsNot: operator.ne,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}


class Package:
    """The modules of a package, by their texts; constants and functions by name.

    Names are shared by all modules: connectors import what they need of their own modules by name,
    and use no name for two things.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        """`sources` are texts by file name; those that are no Python are in `unreadable`."""
        self.unreadable: list[str] = []
        self._values: dict[str, ast.expr] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        self._attributes: dict[str, ast.expr] = {}
        self._busy: set[str] = set()
        self._named_values: dict[ast.expr, Any] = {}
        self._steps = self._depth = 0
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
                for inner in node.body:
                    self._take_assignment(inner, self._attributes)
                    if isinstance(inner, ast.FunctionDef):
                        self._functions.setdefault(inner.name, inner)
                        if inner.name == "__init__":
                            for statement in inner.body:
                                self._take_assignment(statement, self._attributes)

    @staticmethod
    def _take_assignment(node: ast.stmt, into: dict[str, ast.expr]) -> None:
        value = getattr(node, "value", None)
        for target in _targets(node):
            name = target.id if isinstance(target, ast.Name) else ""
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                name = target.attr if target.value.id == "self" else ""
            if name and isinstance(value, ast.expr):
                into[name] = value

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
            branch = None
            if isinstance(node, ast.Return):
                return True, self.value(node.value, scope) if node.value else None
            if isinstance(node, ast.Raise):
                return True, UNKNOWN
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                self._assign(node, scope)
            elif isinstance(node, ast.With):
                branch = node.body
            elif isinstance(node, ast.If):
                test = self.value(node.test, scope)
                branch = None if test is UNKNOWN else node.body if test else node.orelse
            if branch is not None:
                returned, value = self._run(branch, scope)
                if returned:
                    return True, value
            elif isinstance(node, (ast.If, ast.For, ast.While, ast.Try)):
                if _leaves(node):
                    return True, UNKNOWN
                _forget(node, scope)
        return False, None

    def _assign(self, node: ast.Assign | ast.AnnAssign, scope: dict[str, Any]) -> None:
        value = self.value(node.value, scope)
        for target in _targets(node):
            if isinstance(target, ast.Name):
                scope[target.id] = value
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                held = scope.get(target.value.id)
                key = self.value(target.slice, scope)
                if isinstance(held, dict) and isinstance(key, str):
                    scope[target.value.id] = {**held, key: value}
            else:
                _forget(node, scope)

    def value(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        """The value of an expression, `UNKNOWN` where the text does not tell."""
        try:
            return self._told(node, scope)
        except (_UntoldError, LookupError, TypeError):  # what would fail has no value either
            return UNKNOWN

    def _told(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        """The value of an expression that another one depends on."""
        self._steps += 1
        reader = getattr(self, f"_{type(node).__name__}", None)
        if reader is None or self._depth > MOST_DEPTH or self._steps > MOST_STEPS:
            raise _UntoldError
        self._depth += 1
        try:
            value = reader(node, scope)
        finally:
            self._depth -= 1
        if value is UNKNOWN:
            raise _UntoldError
        return value

    def _Constant(self, node: ast.Constant, scope: Mapping[str, Any]) -> Any:
        return node.value

    def _Name(self, node: ast.Name, scope: Mapping[str, Any]) -> Any:
        return scope[node.id] if node.id in scope else self._named(node.id, self._values)

    def _named(self, name: str, known: Mapping[str, ast.expr]) -> Any:
        node = known[name]
        if node not in self._named_values:
            self._named_values[node] = UNKNOWN  # what is made of itself is unknown
            self._named_values[node] = self.value(node, {})
        return self._named_values[node]

    def _Attribute(self, node: ast.Attribute, scope: Mapping[str, Any]) -> Any:
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            return self._named(node.attr, self._attributes)
        return _a(dict, self._told(node.value, scope))[node.attr]

    def _List(self, node: ast.List | ast.Tuple | ast.Set, scope: Mapping[str, Any]) -> Any:
        items: list[Any] = []
        for one in node.elts:
            if isinstance(one, ast.Starred):
                items += _a((list, dict), self._told(one.value, scope))
            else:
                items.append(self.value(one, scope))
        return items

    _Tuple = _Set = _List

    def _Dict(self, node: ast.Dict, scope: Mapping[str, Any]) -> Any:
        mapping: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                mapping.update(_a(dict, self._told(value, scope)))
                continue
            name = self.value(key, scope)
            if isinstance(name, (str, int)):
                mapping[name] = self.value(value, scope)
        return mapping

    def _DictComp(self, node: ast.DictComp, scope: Mapping[str, Any]) -> Any:
        rounds = self._each(node.generators, scope)
        pairs = [(self.value(node.key, inner), self.value(node.value, inner)) for inner in rounds]
        return {key: value for key, value in pairs if isinstance(key, (str, int))}

    def _ListComp(self, node: ast.ListComp | ast.GeneratorExp, scope: Mapping[str, Any]) -> Any:
        return [self.value(node.elt, inner) for inner in self._each(node.generators, scope)]

    _GeneratorExp = _SetComp = _ListComp

    def _each(
        self, loops: list[ast.comprehension], scope: Mapping[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        """The scope of each round of one loop without surprises."""
        if len(loops) != 1:
            raise _UntoldError
        target = loops[0].target
        for item in _a((list, dict), self._told(loops[0].iter, scope)):
            inner = {**scope}
            if isinstance(target, ast.Name):
                inner[target.id] = item
            elif isinstance(target, ast.Tuple):
                names = [one.id for one in target.elts if isinstance(one, ast.Name)]
                inner.update(zip(names, _a(list, item), strict=False))
            else:
                raise _UntoldError
            if all(self._told(test, inner) for test in loops[0].ifs):
                yield inner

    def _Subscript(self, node: ast.Subscript, scope: Mapping[str, Any]) -> Any:
        held = _a((dict, list), self._told(node.value, scope))
        return held[_a((str, int), self._told(node.slice, scope))]

    def _BinOp(self, node: ast.BinOp, scope: Mapping[str, Any]) -> Any:
        left, right = self._told(node.left, scope), self._told(node.right, scope)
        if isinstance(node.op, ast.BitOr):
            return {**_a(dict, left), **_a(dict, right)}
        if not isinstance(node.op, ast.Add) or type(left) is not type(right):
            return UNKNOWN
        return left + right if len(_a((str, list), left)) + len(right) < MOST_STEPS else UNKNOWN

    def _IfExp(self, node: ast.IfExp, scope: Mapping[str, Any]) -> Any:
        return self._told(node.body if self._told(node.test, scope) else node.orelse, scope)

    def _BoolOp(self, node: ast.BoolOp, scope: Mapping[str, Any]) -> Any:
        value: Any = UNKNOWN
        for one in node.values:
            value = self._told(one, scope)
            if bool(value) == isinstance(node.op, ast.Or):
                break
        return value

    def _UnaryOp(self, node: ast.UnaryOp, scope: Mapping[str, Any]) -> Any:
        return not self._told(node.operand, scope) if isinstance(node.op, ast.Not) else UNKNOWN

    def _Compare(self, node: ast.Compare, scope: Mapping[str, Any]) -> Any:
        if len(node.ops) != 1:
            return UNKNOWN
        left, right = self._told(node.left, scope), self._told(node.comparators[0], scope)
        return bool(_COMPARISONS[type(node.ops[0])](left, right))

    def _Call(self, node: ast.Call, scope: Mapping[str, Any]) -> Any:
        arguments = [self.value(one, scope) for one in node.args]
        if isinstance(node.func, ast.Name):
            keywords = {one.arg: self.value(one.value, scope) for one in node.keywords if one.arg}
            return self._call_by_name(node.func.id, arguments, keywords)
        if not isinstance(node.func, ast.Attribute):
            return UNKNOWN
        method, owner = node.func.attr, node.func.value
        if isinstance(owner, ast.Name) and owner.id in ("self", "cls"):
            return self.call(method, *arguments)
        held = self._told(owner, scope)
        if isinstance(held, dict):
            if method == "get" and arguments and isinstance(arguments[0], (str, int)):
                return held.get(arguments[0], arguments[1] if len(arguments) > 1 else None)
            if method in ("keys", "values"):
                return list(getattr(held, method)())
            if method == "items":
                return [list(pair) for pair in held.items()]
        if isinstance(held, (dict, list)) and method == "copy":
            return held.copy()
        if isinstance(held, str) and method in ("lower", "upper", "strip") and not arguments:
            return getattr(held, method)()
        return UNKNOWN

    def _call_by_name(self, name: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        if name in self._functions:
            return self.call(name, *arguments)
        if name == "dict" and len(arguments) <= 1:
            return {**_a(dict, arguments[0] if arguments else {}), **keywords}
        if name in ("list", "tuple", "set", "frozenset", "sorted") and len(arguments) == 1:
            items = list(_a((list, dict), arguments[0]))
            return sorted(items) if name == "sorted" else items
        # Whatever is made of named values reads like a mapping of them: data classes do.
        return keywords if keywords and name[:1].isupper() else UNKNOWN


def _a(kind: type | tuple[type, ...], value: Any) -> Any:
    """The value, where it is of that kind."""
    if not isinstance(value, kind):
        raise _UntoldError
    return value


def _targets(node: ast.stmt) -> list[ast.expr]:
    """What a statement assigns to."""
    if isinstance(node, ast.AnnAssign):
        return [node.target]
    return node.targets if isinstance(node, ast.Assign) else []


def _forget(node: ast.stmt, scope: dict[str, Any]) -> None:
    """What a statement may have changed is unknown, but for lists that may have grown."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            scope[inner.id] = UNKNOWN


def _leaves(node: ast.stmt) -> bool:
    """Whether a value may be returned from within: raising one only refuses a wrong call."""
    return any(isinstance(inner, ast.Return) for inner in ast.walk(node))
