"""``geomap layers install``, ``remove`` and ``build``: real boundaries over the computed ones, and the recipes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from geomap.cli import options
from geomap.cli.terminal import printable, warn

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.catalog import Layer


def _names(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in value.replace(" ", "").split(",") if name))


@click.command(
    short_help="Fetch real maritime boundaries.",
    epilog=options.example("geomap layers install marineregions --iso3 JPN,KOR --layers eez,eez_12nm"),
)
@click.argument("source", type=click.Choice(["marineregions"]))
@options.iso3
@click.option(
    "--layers",
    "names",
    metavar="LAYER,...",
    default="eez",
    show_default=True,
    callback=_names,
    help="eez, eez_12nm, eez_24nm, eez_internal_waters, eez_archipelagic_waters.",
)
@click.option(
    "--simplify",
    "simplify_km",
    metavar="KM",
    type=click.FloatRange(0, 50),
    default=0.0,
    help="Leave out vertices that matter less; adds to the tolerance.",
)
@click.option("--url", envvar="GEOMAP_MARINEREGIONS_URL", hidden=True, help="The Web Feature Service.")
def install(source: str, iso3: tuple[str, ...], names: tuple[str, ...], simplify_km: float, url: str | None) -> None:
    """Fetch real maritime boundaries from Marine Regions; from then on they win over the computed ones.

    Of the sovereign states that are named, else of all. What was cut off goes on where it stopped when the command is
    given again. What was installed before under the same name is replaced. --simplify takes kilometres (km).
    """
    from geomap import marineregions
    from geomap.catalog import Layers, shipped_folder

    states = marineregions.check_states(iso3, Layers(shipped_folder()))
    marineregions.check_names(names)
    for name in names:
        with _progress(name) as told:
            layer = marineregions.install_layer(
                name, states, url=url or marineregions.URL, simplify_km=simplify_km, told=told
            )
        _announce(layer, states)


def _announce(layer: Layer, wanted: tuple[str, ...]) -> None:
    rows = layer.rows[0] if layer.rows else 0
    states = ", ".join(layer.states if len(layer.states) <= 12 else [f"{len(layer.states)} states"])
    click.echo(printable(f"{layer.name}: {rows} feature{'s' * (rows != 1)} of {states}, {layer.source_id}"))
    for key in ("licence", "attribution", "caveat", "path"):
        click.echo(printable(f"  {key:<12} {getattr(layer, key)}"))
    if absent := [state for state in wanted if state not in layer.states]:
        warn(f"Marine Regions has no {layer.name} of {', '.join(absent)}")


@contextlib.contextmanager
def _progress(name: str) -> Iterator[Callable[[str, int, int | None], None]]:
    """Show on standard error how far it has come, to a person only."""
    import sys

    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(f"fetching {name}", total=None)

        def told(step: str, done: int, total: int | None) -> None:
            bar.update(task, description=f"{step} {name}", completed=done, total=total)

        yield told


@click.command(
    short_help="Remove installed layers.", epilog=options.example("geomap layers remove eez", "geomap layers remove")
)
@click.argument("names", metavar="[LAYER]...", nargs=-1)
def remove(names: tuple[str, ...]) -> None:
    """Remove installed layers, all when none is named: the computed ones speak again."""
    from geomap.marineregions import remove_layers

    gone = remove_layers(names)
    click.echo(printable(f"removed: {', '.join(gone)}" if gone else "nothing was installed"))


@click.command(
    short_help="Run the recipes, in a checkout.",
    epilog=options.example("geomap layers build", "geomap layers build eez"),
)
@click.argument("names", metavar="[RECIPE]...", nargs=-1)
def build(names: tuple[str, ...]) -> None:
    """Run the recipes that make the shipped layers, all in their order when none is named; needs a checkout."""
    import subprocess
    import sys

    from geomap.catalog import shipped_folder
    from geomap.cli.terminal import follow
    from geomap.errors import LayerError

    root = shipped_folder().parent
    wanted = _recipes(root, names)
    for name in follow(wanted, len(wanted)):
        click.echo(f"layers/recipes/{name}.py")
        done = subprocess.run([sys.executable, f"layers/recipes/{name}.py"], cwd=root, check=False)
        if done.returncode:
            message = f"the recipe {name} failed (status {done.returncode}); its packages: pip install -e '.[recipes]'"
            raise LayerError(message)


def _recipes(root: Path, names: tuple[str, ...]) -> list[str]:
    """The recipes of a checkout in the order of its Makefile."""
    import re

    from geomap.errors import LayerError, LayerNotFound

    makefile = root / "Makefile"
    found = re.search(r"^RECIPES := (.*)$", makefile.read_text("utf-8"), re.MULTILINE) if makefile.is_file() else None
    if found is None:
        message = "layers are built in a checkout of geomap, where the recipes are; this is an installed package"
        raise LayerError(message)
    order = found[1].split()
    if unknown := [name for name in names if name not in order]:
        message = f"no recipe named {', '.join(unknown)}; there are: {', '.join(order)}"
        raise LayerNotFound(message)
    return [name for name in order if not names or name in names]
