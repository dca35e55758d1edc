"""``geomap layers``: what the map stands on, with its licences and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options
from geomap.cli.layers_install import build, install, remove
from geomap.cli.terminal import echo_json, printable

if TYPE_CHECKING:
    from geomap.catalog import Feature, Layer, Layers

LINES = (
    "rows",
    "geometry",
    "bounds",
    "version",
    "source",
    "licence",
    "attribution",
    "caveat",
    "states",
    "path",
    "recipe",
)
"""What is shown of a layer, in order."""


@click.group(
    epilog=options.example(
        "geomap layers show eez --iso3 JPN -o output/japan.gpkg",
        "geomap layers install marineregions --iso3 JPN,KOR",
    )
)
def layers() -> None:
    """Show and check the layers that ship with geomap."""


layers.add_command(build)
layers.add_command(install)
layers.add_command(remove)


@layers.command("list")
@options.as_json
def list_layers(as_json: bool) -> None:
    """List the layers.

    Those that ship with geomap come first, then those that were installed.
    """
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


@layers.command(
    short_help="Show a layer, or write its features.",
    epilog=options.example("geomap layers show eez", "geomap layers show eez --iso3 JPN -o japan.gpkg"),
)
@click.argument("name")
@options.iso3
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write the features: .gpkg or .geojson.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@options.as_json
def show(name: str, iso3: tuple[str, ...], output: str | None, overwrite: bool, as_json: bool) -> None:
    """Show where a layer comes from, its licence, its caveat and its number of rows.

    With --iso3 also its features of these states; with -o all that was chosen is written as a file.
    """
    from pathlib import Path

    from geomap.catalog import open_layers
    from geomap.cli import outputs

    opened = open_layers()
    if output:
        from geomap.cli.layers_file import check_suffix

        check_suffix(Path(output))
        outputs.refuse(Path(output), overwrite=overwrite)
    chosen = _chosen(opened, name, iso3) if iso3 or output else []
    if output:
        from geomap.cli.layers_file import write_features

        with outputs.writing(Path(output)):
            write_features(chosen, Path(output), name)
        outputs.announce(Path(output), show=False)
        return
    blocks = [described | {"rows": rows} for described, rows in _blocks(opened, name)]
    if as_json:
        echo_json({**blocks[-1], "installed": blocks[0] if len(blocks) > 1 else None, "features": _listed(chosen)})
        return
    for block in blocks:
        click.echo(printable(f"{block['name']}: {block['title']}"))
        for key in LINES:
            value = block[key]
            if value is not None and value != []:
                text = ", ".join(map(_cell, value)) if isinstance(value, list) else str(value)
                click.echo(f"  {key:<12} {printable(text)}")
    for feature in _listed(chosen):
        click.echo(printable("{id}  {name}  {layer}".format(**feature)))


@layers.command()
@click.pass_context
@options.as_json
def check(context: click.Context, as_json: bool) -> None:
    """Compare every layer with the catalog.

    The exit status is 1 when one differs.
    """
    from geomap.catalog import open_layers
    from geomap.cli.terminal import follow

    opened = open_layers()
    every = list(opened)
    names = list(dict.fromkeys(layer.name for layer in every))
    faults = [fault for name in follow(names, len(names)) for fault in opened.check(name)]
    if as_json:
        echo_json({"layers": [layer.name for layer in every], "faults": faults})
    else:
        for fault in faults:
            click.echo(printable(fault))
        click.echo(f"{len(every)} layers, {len(faults) or 'no'} fault{'s' * (len(faults) != 1)}")
    if faults:
        context.exit(1)


def _chosen(opened: Layers, name: str, states: tuple[str, ...]) -> list[Feature]:
    """The features that belong to states, as territory, sovereign or claimant; all when none is named."""
    from geomap.errors import LayerNotFound

    found = []
    for feature in opened.features(name):
        row = feature.properties
        owners = {row.get("key"), row.get("country"), row.get("sovereign"), *str(row.get("claimants") or "").split("|")}
        if not states or not owners.isdisjoint(states):
            found.append(feature)
    if states and not found:
        message = f"the layer {name!r} has no feature of {', '.join(states)}"
        raise LayerNotFound(message)
    return found


def _blocks(opened: Layers, name: str) -> list[tuple[dict[str, Any], int | None]]:
    """What is known of each layer that bears a name, the one that wins first, and for how many rows each speaks."""
    speaking = opened.layers_of(name)
    total = opened.count(name)
    if len(speaking) == 1 or total is None:
        return [(_described(speaking[0]), total)]
    own = speaking[0].rows[0] if speaking[0].rows else 0
    return [(_described(speaking[0]), own), (_described(speaking[1]), total - own)]


def _listed(features: list[Feature]) -> list[dict[str, str]]:
    return [
        {"id": one.id, "name": str(one.properties.get("name") or ""), "layer": one.layer.source_id} for one in features
    ]


def _cell(value: object) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


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
        "states": list(layer.states),
    }
