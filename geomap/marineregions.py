"""Installs maritime boundaries of Marine Regions (Flanders Marine Institute) over the computed ones, and removes them.

A layer is fetched (`geomap.wfs`), checked, written and checked again in a folder of its own; then it is moved beside
the installed layers under a name that holds its hash, and the catalog of the installed layers is replaced last. So a
layer is installed or it is not. This is the only place where geomap asks the network for a layer.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from shapely.geometry.base import BaseGeometry

from geomap.catalog import DESCRIPTOR, Layers, installed_folder, shipped_folder
from geomap.errors import InputError, LayerError, LayerNotFound
from geomap.features import Layer
from geomap.looks import dress
from geomap.types import Record
from geomap.wfs import PAUSE_S, Query, fetch_pages, read_items
from geomap.zoneparts import make_rows

URL = "https://geo.vliz.be/geoserver/MarineRegions/wfs"
LICENCE = "CC-BY-4.0"
CAVEAT = (
    "Not for navigation, no legal value. Boundaries as their compilers take them to be, agreed, claimed or computed; "
    "joint regimes and overlapping claims are kept apart; zones of 200 nautical miles include the land behind their "
    "coasts as Natural Earth draws it. States that were not installed keep their computed zones, whose edges do not "
    "meet these."
)
_PARTIAL = ".partial"
_PACKAGE = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "geomap-installed-layers",
    "title": "Layers that were installed over those that ship with geomap",
    "version": "1",
    "resources": [],
}

Told: TypeAlias = Callable[[str, int, int | None], None]
"""Is told how far an installation has come: ``fetching`` or ``drawing``, features done, features in all if known."""


class Product(Record, kw_only=True):
    """A layer that Marine Regions offers.

    Parameters
    ----------
    name : its name there and here
    version : as its makers count; the service does not say it
    work, doi : what is cited
    sovereigns : how many columns name a sovereign
    """

    name: str
    title: str
    version: str
    work: str
    doi: str
    sovereigns: int = 1

    @property
    def citation(self) -> str:
        """How its makers ask to be cited."""
        return (
            f"Flanders Marine Institute (2023). {self.work}. Available online at https://www.marineregions.org/. "
            f"https://doi.org/{self.doi}"
        )


_GEODATABASE = "Maritime Boundaries Geodatabase"
PRODUCTS = {
    product.name: product
    for product in (
        Product(
            name="eez",
            title="Exclusive economic zones",
            version="12",
            work=f"{_GEODATABASE}: Maritime Boundaries and Exclusive Economic Zones (200NM), version 12",
            doi="10.14284/632",
            sovereigns=3,
        ),
        Product(
            name="eez_12nm",
            title="Territorial seas",
            version="4",
            work=f"{_GEODATABASE}: Territorial Seas (12NM), version 4",
            doi="10.14284/633",
        ),
        # The identifier of this one could not be found: the whole geodatabase is cited.
        Product(
            name="eez_24nm",
            title="Contiguous zones",
            version="4",
            work=f"{_GEODATABASE}, version 12",
            doi="10.14284/628",
        ),
        Product(
            name="eez_internal_waters",
            title="Internal waters",
            version="4",
            work=f"{_GEODATABASE}: Internal Waters, version 4",
            doi="10.14284/631",
        ),
        Product(
            name="eez_archipelagic_waters",
            title="Archipelagic waters",
            version="4",
            work=f"{_GEODATABASE}: Archipelagic Waters, version 4",
            doi="10.14284/629",
        ),
    )
}
"""What can be installed. Their columns and identifiers are those that the users of the service name."""


def install_layer(
    name: str,
    states: Sequence[str] = (),
    *,
    url: str = URL,
    simplify_km: float = 0.0,
    told: Told | None = None,
    pause_s: float = PAUSE_S,
    folder: Path | None = None,
) -> Layer:
    """Fetch a layer and install it, in place of an installed one of the same name.

    Parameters
    ----------
    name : one of `PRODUCTS`
    states : sovereign states, ISO 3166-1 alpha-3; none is all
    url : the Web Feature Service
    simplify_km : vertices that matter less are left out; it adds to the tolerance
    pause_s : seconds before the second attempt at a page
    folder : where layers are installed; the user's own when left out

    Raises
    ------
    InputError
        if a state is none, or has no zones of its own
    LayerError
        if the layer cannot be fetched, is not what was asked for or cannot be written: then nothing has changed, and
        what was fetched is gone on with the next time
    """
    check_names([name])
    product = PRODUCTS[name]
    shipped = Layers(shipped_folder())
    wanted = check_states(states, shipped)
    folder = folder or installed_folder()
    resources = [one for one in _resources(folder) if one["name"] != name]
    query = Query(url=url, layer=f"MarineRegions:{name}", where=_where(product, wanted))
    partial = folder / _PARTIAL / f"{name}-{query.digest[:12]}"

    def fetched(done: int, total: int | None, _bytes: int) -> None:
        if told:
            told("fetching", done, total)

    def drawn(done: int, total: int) -> None:
        if told:
            told("drawing", done, total)

    pages = fetch_pages(query, partial, told=fetched, pause_s=pause_s)
    known = {row["key"]: row for row in shipped.rows(name)} if name in shipped else {}

    def land(key: str) -> BaseGeometry | None:
        return shipped.geometry(f"countries/{key}") if key in known and shipped.has(f"countries/{key}") else None

    source = f"Marine Regions, {product.title} v{product.version}, {datetime.now(UTC):%Y-%m-%d}"
    rows, covered = make_rows(
        read_items(pages), wanted, known=known, land=land, source=source, simplify_km=simplify_km, told=drawn
    )
    if not rows:
        shutil.rmtree(partial, ignore_errors=True)
        message = f"Marine Regions has no {name} of {', '.join(wanted) or 'any state'}"
        raise LayerError(message)
    with _writing(folder):
        made = partial / "made"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        _write(rows, name, made / f"{name}.gpkg", product)
        entry = _entry(product, made / f"{name}.gpkg", rows, covered, wanted, query, simplify_km)
        _save(made, [entry])
        faults = Layers(made).check(name)
        if faults:
            message = f"{name} as fetched is not usable: {faults[0]}"
            raise LayerError(message)
        entry["path"] = f"{name}-{entry['hash'].removeprefix('sha256:')[:12]}.gpkg"
        (made / f"{name}.gpkg").replace(folder / entry["path"])
        _save(folder, [*resources, entry])
    _tidy(folder, name, keep=entry["path"])
    shutil.rmtree(partial, ignore_errors=True)
    return Layers(folder)[name]


def remove_layers(names: Sequence[str] = (), *, folder: Path | None = None) -> list[str]:
    """Remove installed layers, and what attempts at them have left.

    Parameters
    ----------
    names : none is all, even when their catalog is broken

    Returns
    -------
    list of str
        the names of those that were installed

    Raises
    ------
    LayerNotFound
        if one is not installed
    LayerError
        if they cannot be removed
    """
    folder = folder or installed_folder()
    try:
        resources = _resources(folder)
    except LayerError:
        if names:
            raise
        resources = []
    there = [one["name"] for one in resources]
    absent = [name for name in names if name not in there]
    if absent:
        message = f"{', '.join(absent)}: not installed; installed: {', '.join(there) or 'none'}"
        raise LayerNotFound(message)
    gone = [name for name in there if not names or name in names]
    with _writing(folder):
        if names and len(gone) < len(there):
            _save(folder, [one for one in resources if one["name"] not in names])
        else:
            (folder / DESCRIPTOR).unlink(missing_ok=True)
        for name in names or sorted({*there, *PRODUCTS}):
            _tidy(folder, name)
            for partial in (folder / _PARTIAL).glob(f"{name}-*"):
                shutil.rmtree(partial)
    return gone


def check_states(states: Collection[str], layers: Layers) -> tuple[str, ...]:
    """Put codes of states into order, without repetition.

    Raises
    ------
    InputError
        if one is no ISO 3166-1 alpha-3 code, or belongs to a territory: Marine Regions goes by sovereign states
    """
    known = {row["key"] for row in layers.rows("countries")}
    sovereigns = {row["country"]: row["sovereign"] for row in layers.rows("eez") if row["country"]}
    for state in states:
        if state not in known:
            message = f"{state!r} is no ISO 3166-1 alpha-3 code of a country; write JPN"
            raise InputError(message)
        if sovereigns.get(state, state) != state:
            message = f"{state} is a territory of {sovereigns[state]}, whose zones come together; ask for that"
            raise InputError(message)
    return tuple(sorted({*states}))


def check_names(names: Collection[str]) -> None:
    """See that all of some layers can be installed, before any of them is.

    Raises
    ------
    LayerNotFound
        naming those that can
    """
    for name in names:
        if name not in PRODUCTS:
            message = f"{name!r} is no layer that can be installed; there are: {', '.join(PRODUCTS)}"
            raise LayerNotFound(message)


def _where(product: Product, states: Sequence[str]) -> str | None:
    """The condition for the features that states have or claim; a disputed one may have no territory."""
    codes = ",".join(f"'{state}'" for state in states)
    columns = [f"iso_sov{number}" for number in range(1, product.sovereigns + 1)]
    return " OR ".join(f"{column} IN ({codes})" for column in columns) if states else None


def _write(rows: list[dict[str, Any]], name: str, path: Path, product: Product) -> None:
    from geopandas import GeoDataFrame
    from pyogrio import write_dataframe

    frame = GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    about = {"ATTRIBUTION": product.citation, "LICENCE": LICENCE, "CAVEAT": CAVEAT}
    options = {"driver": "GPKG", "promote_to_multi": True, "dataset_metadata": about, "VERSION": "1.3"}
    write_dataframe(frame, path, layer=name, **options)
    dress(path, name, like="eez")


def _entry(
    product: Product,
    path: Path,
    rows: list[dict[str, Any]],
    covered: Sequence[str],
    wanted: Sequence[str],
    query: Query,
    simplify_km: float,
) -> dict[str, Any]:
    """The layer's entry in the catalog, in the form of the shipped ones."""
    content = path.read_bytes()
    now = datetime.now(UTC)
    command = f"geomap layers install marineregions --layers {product.name}"
    command += f" --iso3 {','.join(wanted)}" if wanted else ""
    command += f" --simplify {simplify_km:g}" if simplify_km else ""
    return {
        "name": product.name,
        "path": path.name,
        "title": f"{product.title}, Marine Regions" + (f", of {', '.join(wanted)}" if wanted else ""),
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "sources": [
            {
                "title": "Marine Regions, Maritime Boundaries Geodatabase",
                "version": f"{product.version}, fetched {now:%Y-%m-%d}",
                "path": "https://www.marineregions.org/",
            }
        ],
        "licenses": [{"name": LICENCE}],
        "geomap": {
            "attribution": product.citation,
            "caveat": CAVEAT,
            "recipe": command,
            "geometry": "MultiPolygon",
            "rows": [len(rows), len(rows)],
            "bounds": [-180, -90, 180, 90],
            "version": f"marineregions-{product.version}",
            "states": list(covered),
            "fetched": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "query": {"url": query.url, "layer": query.layer, "where": query.where},
            "simplified_km": simplify_km,
        },
    }


def _resources(folder: Path) -> list[dict[str, Any]]:
    path = folder / DESCRIPTOR
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return [one for one in found if one["name"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, LookupError, TypeError) as problem:
        message = f"{path}: no readable catalog of layers ({problem}); geomap layers remove starts afresh"
        raise LayerError(message) from None


def _save(folder: Path, resources: Sequence[dict[str, Any]]) -> None:
    """Replace the catalog of the installed layers in one step."""
    package = _PACKAGE | {"resources": sorted(resources, key=lambda one: str(one["name"]))}
    beside = folder / f"{DESCRIPTOR}.{os.getpid()}.part"
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(package, indent=2, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / DESCRIPTOR)
    finally:
        beside.unlink(missing_ok=True)


def _tidy(folder: Path, name: str, keep: str = "") -> None:
    """Delete the files of a layer that the catalog no longer names."""
    for path in folder.glob(f"{name}-*.gpkg"):
        if path.name != keep and re.fullmatch(r"-[0-9a-f]{12}\.gpkg", path.name.removeprefix(name)):
            path.unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn what hinders the writing, GDAL's faults too, into one sentence."""
    try:
        yield
    except LayerError:
        raise
    except (OSError, RuntimeError, sqlite3.Error) as problem:
        reason = getattr(problem, "strerror", None) or " ".join(str(problem).split())[:200]
        message = f"{folder}: cannot be written ({reason}); what was installed before is as it was"
        raise LayerError(message) from None
