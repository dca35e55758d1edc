"""``geomap layers``: what the map stands on, with its licences and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.terminal import echo_json, printable

if TYPE_CHECKING:
    from geomap.catalog import Layer


@click.group(epilog=options.example("geomap layers list", "geomap layers show eez", "geomap layers check"))
def layers() -> None:
    """Show and check the layers that ship with geomap."""


@layers.command("list")
@options.as_json
def list_layers(as_json: bool) -> None:
    """List the layers."""
    from geomap.catalog import open_layers

    found = list(open_layers())
    if as_json:
        echo_json([_described(layer) for layer in found])
        return
    lines = [(layer.name, layer.geometry or "table", layer.licence, layer.title) for layer in found]
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(3)]
    for line in lines:
        cells = (*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[3])
        click.echo(printable("  ".join(cells)))


@layers.command()
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show where a layer comes from, its licence, its caveat and its number of rows."""
    from geomap.catalog import open_layers

    opened = open_layers()
    layer = opened[name]
    described = _described(layer) | {"rows": opened.count(name)}
    if as_json:
        echo_json(described)
        return
    click.echo(printable(f"{layer.name}: {layer.title}"))
    for key in (
        "rows",
        "geometry",
        "bounds",
        "version",
        "source",
        "licence",
        "attribution",
        "caveat",
        "path",
        "recipe",
    ):
        value = described[key]
        if value is not None:
            text = ", ".join(f"{number:g}" for number in value) if isinstance(value, list) else str(value)
            click.echo(f"  {key:<12} {printable(text)}")


@layers.command()
@click.pass_context
@options.as_json
def check(context: click.Context, as_json: bool) -> None:
    """Compare every layer with the catalog; exit status 1 when one differs."""
    from geomap.catalog import open_layers

    opened = open_layers()
    names = [layer.name for layer in opened]
    faults = [fault for name in names for fault in opened.check(name)]
    if as_json:
        echo_json({"layers": names, "faults": faults})
    else:
        for fault in faults:
            click.echo(printable(fault))
        click.echo(f"{len(names)} layers, {len(faults) or 'no'} fault{'s' * (len(faults) != 1)}")
    if faults:
        context.exit(1)


def _described(layer: Layer) -> dict[str, Any]:
    """Turn what the catalog says of a layer into JSON's types; bounds in degrees: west, south, east, north."""
    return {
        "name": layer.name,
        "title": layer.title,
        "path": str(layer.path),
        "bytes": layer.bytes,
        "hash": layer.hash,
        "version": layer.version,
        "source": layer.source,
        "licence": layer.licence,
        "attribution": layer.attribution,
        "caveat": layer.caveat,
        "recipe": layer.recipe,
        "geometry": layer.geometry,
        "bounds": list(layer.bounds) if layer.bounds else None,
    }
