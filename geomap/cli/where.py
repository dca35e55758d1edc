"""``geomap where``: the shape of one phrase."""

from __future__ import annotations

from typing import Any

import click

from geomap.cli import options


@click.command(epilog=options.example('geomap where "300 km east of Wonsan" --against eez/JPN'))
@click.argument("phrase")
@click.option("--against", metavar="FEATURE", help="A zone, line or sea to compare with (eez/JPN, lines/NLL).")
@options.geocoding
def where(phrase: str, against: str | None, **geocoding: Any) -> None:
    """Print the place that a phrase means as a GeoJSON feature."""
    from geomap.catalog import open_layers
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.terminal import echo_json
    from geomap.codec import DECIMALS, to_geojson
    from geomap.pipeline import locate

    layers = open_layers()
    if against is not None:
        layers.feature(against)  # a slip of the pen is an error, not "cannot tell"
    lookup = open_lookup(**geocoding)
    shape = locate(phrase, layers, lookup)
    properties: dict[str, object] = {
        "phrase": phrase,
        "rule": shape.rule,
        "lon": round(shape.lon, DECIMALS),
        "lat": round(shape.lat, DECIMALS),
        "radius_km": round(shape.radius_km, 1),
        "feature": shape.feature,
    }
    if lookup is not None and lookup.found:
        properties["credit"] = lookup.credit
    if against is not None:
        from geomap.verdicts import compare

        verdict = compare(shape, against, layers)
        properties["against"] = {
            "feature": against,
            "relation": verdict.relation,
            "margin_km": verdict.margin_km,
            "tolerance_km": verdict.tolerance_km,
            "share": verdict.share,
            "why": verdict.why,
        }
    feature = {"type": "Feature", "properties": properties, "geometry": to_geojson(shape.geometry)}
    echo_json(feature)
