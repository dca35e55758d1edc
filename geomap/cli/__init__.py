"""The command line: one group of commands, and errors turned into a sentence and an exit status.

0 is done, 1 an input, a layer or an output that cannot be used, 2 wrong usage. A command is imported when it runs, and
imports what it needs then, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import Any

import click

from geomap.errors import GeomapError

COMMANDS = {
    "map": ("geomap.cli.draw:draw_map", "Draw articles, readings, or the launches of 'geomap batch', on one map."),
    "picture": (
        "geomap.cli.picture:picture",
        "Draw articles, or readings, as a picture for press and briefing.",
    ),
    "brief": ("geomap.cli.brief:brief", "Write slides or a document on articles, or readings."),
    "qgis": ("geomap.cli.qgis:qgis", "Write articles, or readings, as a QGIS project with all its data."),
    "export": (
        "geomap.cli.export:export",
        "Write articles, or readings, as data: GeoPackage, KMZ, CSV and others.",
    ),
    "read": ("geomap.cli.read:read", "Print what articles say as JSON, one line each."),
    "show": ("geomap.cli.show:show", "Show in the terminal what articles say, each place marked."),
    "notices": ("geomap.cli.notices:notices", "Print the areas and times of navigational warnings and NOTAMs."),
    "where": ("geomap.cli.where:where", "Print the place that a phrase means as a GeoJSON feature."),
    "batch": ("geomap.cli.batch:batch", "Read archives of articles, and write the launches they tell, each once."),
    "rings": ("geomap.cli.rings:draw_rings", "Draw how far missiles reach from a place, and list what lies inside."),
    "layers": ("geomap.cli.layers:layers", "Show and check the layers that ship with geomap."),
}
"""Where each command is, and the first line of its help."""
_NEW_OBJECTS = 100_000
"""After so many Python looks for what nothing needs any more; its own 700 cost a tenth of the time of a command."""


class Commands(click.Group):
    """A group that imports a command when it is asked for, and turns geomap's own errors into exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except GeomapError as problem:
            from geomap.cli.terminal import printable

            raise click.ClickException(printable(str(problem))) from None


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  geomap map article.txt -o output/map.html",
)
@click.version_option(package_name="geomap", message="%(prog)s %(version)s")
def main() -> None:
    """From an article about a missile or rocket launch to a map that can be trusted, offline."""
    # numpy starts a thread for each core to multiply matrices, which takes longer than all there is to multiply here
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_NEW_OBJECTS)
