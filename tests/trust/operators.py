"""Small wrongs in a module's code, one at a time: another comparison, another sign, a condition turned round, …"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARE = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}  # fmt: skip
_SIGNS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Pow: ast.Mult,
}  # fmt: skip
_SKIPPED = (ast.JoinedStr, ast.arg, ast.AnnAssign)  # words shown to a person, and annotations


@dataclass(frozen=True)
class Change:
    """One wrong: the module, the node (in the order of a walk), which of its wrongs, and both in words."""

    module: str
    node: int
    wrong: int
    line: int
    what: str


def changes_of(path: Path, module: str) -> Iterator[Change]:
    """Every wrong that a module can be given."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for at, node in enumerate(_nodes(tree)):
        for wrong, new in enumerate(_wrongs(node)):
            yield Change(module, at, wrong, node.lineno, f"{_short(node)}  ->  {_short(new)}")


def changed(path: Path, change: Change) -> ast.Module:
    """The module's code with the one wrong in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = _nodes(tree)[change.node]
    new = _wrongs(node)[change.wrong]
    for field in node._fields:
        if hasattr(node, field):
            delattr(node, field)
    node.__class__ = new.__class__
    node.__dict__.update({k: v for k, v in new.__dict__.items() if k not in ("lineno", "col_offset", "end_lineno")})
    return ast.fix_missing_locations(tree)


def _nodes(tree: ast.Module) -> list[ast.expr | ast.stmt]:
    """What may be changed, in a fixed order: no docstring, annotation, import or text."""
    found: list[ast.expr | ast.stmt] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, ast.expr | ast.stmt):
            found.append(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_comment"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(child, _SKIPPED):
                    visit(child)

    visit(tree)
    return found


def _wrongs(node: ast.expr | ast.stmt) -> list[ast.expr | ast.stmt]:
    """The node with each of its wrongs."""
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _COMPARE:
            return [_with(node, ops=[new(), *node.ops[1:]]) for new in _COMPARE[type(op)]]
        case ast.BinOp(op=op) if type(op) in _SIGNS and not _is_text(node):
            return [_with(node, op=_SIGNS[type(op)]())]
        case ast.BoolOp(op=ast.And()):
            return [_with(node, op=ast.Or())]
        case ast.BoolOp(op=ast.Or()):
            return [_with(node, op=ast.And())]
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            return [node.operand]
        case ast.Constant(value=bool()):
            return [_with(node, value=not node.value)]
        case ast.Constant(value=int()):
            return [_with(node, value=node.value + 1)]
        case ast.Constant(value=float(number)) if number:  # twice nothing is nothing
            return [_with(node, value=node.value * 2)]
        case ast.If() | ast.While() | ast.IfExp():
            return [_with(node, test=ast.UnaryOp(ast.Not(), node.test))]
        case ast.For():
            return [_with(node, iter=ast.List([], ast.Load()))]
        case ast.Continue():
            return [ast.Break()]
        case ast.Break():
            return [ast.Continue()]
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            return [_with(node, value=ast.Constant(None))]
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return [_with(node, value=_nothing_of(node.value))]
        case ast.AugAssign(op=op) if type(op) in _SIGNS:
            return [_with(node, op=_SIGNS[type(op)]())]
    return []


def _nothing_of(value: ast.expr) -> ast.expr:
    """Nothing done; a generator stays one, and yields nothing."""
    if isinstance(value, ast.Call):
        return ast.Constant(None)
    return ast.YieldFrom(ast.Tuple([], ast.Load()))


def _is_text(node: ast.BinOp) -> bool:
    """Whether a sum or a `%` joins words."""
    return any(isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
               for side in (node.left, node.right))  # fmt: skip


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return text if len(text) <= 70 else text[:67] + "..."
