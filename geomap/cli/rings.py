"""``geomap rings``: how far it is from a place, for a missile, a class of missiles, or so many kilometres."""

from __future__ import annotations

import math
import re

import click

from geomap.cli import options

FARTHEST_KM = 20_003.0
"""Half way round the earth: the largest ring, in km."""


def _radii(_context: click.Context, _parameter: click.Parameter, values: tuple[float, ...]) -> tuple[float, ...]:
    for value in values:
        if not (math.isfinite(value) and 0 < value <= FARTHEST_KM):
            message = f"{value:g} km is no distance on the earth; it should be more than 0 and at most {FARTHEST_KM:g}"
            raise click.BadParameter(message)
    return tuple(sorted(set(values)))


@click.command(
    "rings",
    epilog=options.example(
        "geomap rings --from Sunan --km 800 --km 1300 -o output/rings.html",
        "geomap rings --from Musudan-ri --system Hwasong-12 --class MRBM",
        'geomap rings --from "North Korea" --class SRBM --json',
    ),
)
@click.option("--from", "start", metavar="PLACE", required=True, help="A place, a position, a country or a province.")
@click.option("--system", "systems", metavar="NAME", multiple=True, help="Published range of a system; repeatable.")
@click.option("--class", "classes", metavar="CLASS", multiple=True, help="Range of a class (SRBM); repeatable.")
@click.option("--scheme", metavar="NAME", default="us-dod", show_default=True, help="Scheme of the classes.")
@click.option("--km", "radii_km", metavar="KM", type=float, multiple=True, callback=_radii, help="Radius; repeatable.")
@options.output
@options.looks
@options.overwrite
@options.show
@click.option("--json", "as_json", is_flag=True, help="Print JSON; no page unless -o says where.")
def draw_rings(
    start: str,
    systems: tuple[str, ...],
    classes: tuple[str, ...],
    scheme: str,
    radii_km: tuple[float, ...],
    output: str | None,
    theme: str,
    lang: str | None,
    brand: str | None,
    embed: bool,
    overwrite: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Draw how far missiles reach from a place, and list what lies inside.

    A system is found by any of its names; one without a range has that of its class. From a country or a province it
    is measured from anywhere in it. At least one of --system, --class and --km is needed; they may be mixed.
    """
    if not (systems or classes or radii_km):
        message = "give at least one of --system, --class and --km"
        raise click.UsageError(message)
    if as_json and show and not output:
        message = "--open has no page to open: --json writes none unless -o says where"
        raise click.UsageError(message)
    from geomap.cli import outputs

    path = outputs.choose(output, "rings-" + "-".join(re.findall(r"\w+", start.lower())))
    wanted = bool(output) or not as_json
    if wanted:
        outputs.refuse(path, overwrite=overwrite)
    from geomap.around import make_rings, make_start, to_json
    from geomap.bands import find_class, find_system
    from geomap.catalog import open_layers
    from geomap.export.setting import make_setting
    from geomap.pipeline import locate

    setting = make_setting(theme=theme, lang=lang, brand=brand, embed=embed)
    layers = open_layers()
    bands = [find_system(name, layers, scheme) for name in systems]
    bands += [find_class(kind, layers, scheme) for kind in classes]
    begin = make_start(locate(start, layers), start, layers)
    rings = make_rings(begin, [*bands, *radii_km], layers)
    if wanted:
        from geomap.export.html import write
        from geomap.rings import scene_of

        scene = scene_of(begin, rings, layers)
        with outputs.writing(path):
            write(scene, path, setting)
        outputs.announce(path, show=show, aside=as_json)
    if as_json:
        from geomap.cli.terminal import echo_json

        echo_json(to_json(begin, rings))
