"""Every public name says what it is and in which units; every command has help and stands in the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import geomap
from geomap.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "geomap").rglob("*.py"))
FILES = [path for path in FILES if "layers" not in path.relative_to(ROOT / "geomap").parts[:1]]
UNITS = {"_km": re.compile(r"\bkm\b|kilomet|_km\b"), "_deg": re.compile(r"degree|_deg\b|clockwise")}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """The functions and classes of a module, and the methods of its classes, that have no underscore."""
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, Definition) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [name for name, node in public(tree) if not ast.get_docstring(node)]
    if tree.body and not ast.get_docstring(tree):
        missing.append("the module")
    assert missing == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_docstrings_name_the_units(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = []
    for name, node in public(tree):
        if isinstance(node, ast.ClassDef):
            continue
        arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        names = [argument.arg for argument in arguments]
        text = ast.get_docstring(node) or ""
        silent += [
            f"{name}: {unit}"
            for unit, said in UNITS.items()
            if any(n.endswith(unit) for n in names) and not said.search(text)
        ]
    assert silent == []


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command, with the words that call it."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        if isinstance(command, click.Group):
            for inner, subcommand in command.commands.items():
                yield f"{name} {inner}", subcommand
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_commands_have_help_and_stand_in_the_readme(name: str, command: click.Command) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"geomap {name}" in readme


def test_the_group_says_what_each_command_says() -> None:
    for name, (_, line) in COMMANDS.items():
        command = main.get_command(click.Context(main), name)

        assert command is not None
        assert command.name == name
        assert (command.help or "").splitlines()[0] == line


def test_the_public_names_are_sorted_and_there() -> None:
    assert geomap.__all__ == sorted(geomap.__all__)
    assert dir(geomap) == geomap.__all__
    for name in geomap.__all__:
        assert getattr(geomap, name).__name__ in (name, name.removesuffix("_html"))


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "geomap" / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    names = [
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    ]

    assert sorted(names) == geomap.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geomap.nothing


def test_the_errors_are_one_tree() -> None:
    import geomap.errors

    for name, error in vars(geomap.errors).items():
        if isinstance(error, type):
            assert issubclass(error, geomap.GeomapError)
            assert name in (geomap.errors.__doc__ or "")
