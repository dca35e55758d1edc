"""Opens and verifies the layers that ``layers/datapackage.json`` describes.

Layers are GeoPackages and CSV tables. They are read with the standard library and shapely, one feature at a time and
only when it is asked for, so that reading an article needs neither geopandas nor GDAL. In an installed package the
data lie beside the code (``geomap/layers``), in a checkout beside the package. Layers that the user has installed lie
in a folder of the user's own and win over the shipped ones, feature by feature.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.errors import LayerChanged, LayerError, LayerNotFound
from geomap.features import Feature as Feature, Layer as Layer, make_feature

DESCRIPTOR = "datapackage.json"
TABLES = (".csv", ".gpkg")


class Layers:
    """The layers of one folder.

    Parameters
    ----------
    root : folder that holds ``datapackage.json``

    Raises
    ------
    LayerError
        if the folder has no readable catalog
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._features: dict[str, Feature] = {}

    @cached_property
    def version(self) -> str:
        """Version of the whole catalog."""
        return str(self._package["version"])

    @cached_property
    def _package(self) -> Mapping[str, Any]:
        path = self.root / DESCRIPTOR
        try:
            package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            message = f"{path}: no readable catalog of layers ({problem})"
            raise LayerError(message) from None
        return package

    @cached_property
    def _layers(self) -> dict[str, Layer]:
        try:
            return {entry["name"]: self._layer(entry) for entry in self._package["resources"]}
        except (LookupError, TypeError, AttributeError) as problem:
            message = (
                f"{self.root / DESCRIPTOR}: a layer is not described in full ({type(problem).__name__}: {problem})"
            )
            raise LayerError(message) from None

    def _layer(self, entry: Mapping[str, Any]) -> Layer:
        ours = entry["geomap"]
        source = entry["sources"][0]
        return Layer(
            name=entry["name"],
            title=entry["title"],
            path=self.root / entry["path"],
            bytes=entry["bytes"],
            hash=entry["hash"],
            version=ours.get("version", self._package["version"]),
            source=" ".join(str(source[key]) for key in ("title", "version", "path") if source.get(key)),
            licence=entry["licenses"][0]["name"],
            attribution=ours["attribution"],
            caveat=ours["caveat"],
            recipe=ours["recipe"],
            geometry=ours.get("geometry"),
            rows=tuple(ours["rows"]) if ours.get("rows") else None,
            bounds=tuple(ours["bounds"]) if ours.get("bounds") else None,
            states=tuple(ours.get("states", ())),
        )

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers.values())

    def __contains__(self, name: object) -> bool:
        return name in self._layers

    def __getitem__(self, name: str) -> Layer:
        try:
            return self._layers[name]
        except KeyError:
            raise _not_found(name, self) from None

    def layers_of(self, name: str) -> tuple[Layer, ...]:
        """All layers that speak under a name, the one that wins first: an installed one, the shipped one."""
        return (self[name],)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """All rows of a layer without their geometry, in the order of the file."""
        layer = self[name]
        if layer.path.suffix == ".csv":
            return [dict(row) for row in self._tables(name)]
        database, table = self._database(name), _quoted(name)
        everything = database.execute(f"SELECT * FROM {table} LIMIT 0").description
        columns = [column[0] for column in everything if column[0] not in ("fid", "geom")]
        found = database.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {table}")
        return [dict(zip(columns, row, strict=True)) for row in found]

    def count(self, name: str) -> int | None:
        """Count the rows of a layer; None for an index, which has none."""
        return len(self.rows(name)) if self[name].path.suffix in TABLES else None

    def feature(self, feature: str) -> Feature:
        """Read one feature (``eez/JPN``); what was read once is kept.

        Raises
        ------
        LayerNotFound
            if there is no such layer or no such feature in it
        """
        if feature not in self._features:
            self._features[feature] = self._read(feature)
        return self._features[feature]

    def has(self, feature: str) -> bool:
        """Tell whether there is such a feature."""
        try:
            self.feature(feature)
        except LayerNotFound:
            return False
        return True

    def geometry(self, feature: str) -> BaseGeometry:
        """Read a feature's geometry, EPSG:4326.

        Raises
        ------
        LayerNotFound
            if there is no such feature, or it has no geometry
        """
        geometry = self.feature(feature).geometry
        if geometry is None:
            message = f"{feature} has no geometry"
            raise LayerNotFound(message)
        return geometry

    def features(self, name: str) -> list[Feature]:
        """All features of a layer, with their geometry."""
        if self[name].path.suffix == ".csv":
            return [self.feature(f"{name}/{row['key']}") for row in self.rows(name)]
        cursor = self._database(name).execute(f"SELECT * FROM {_quoted(name)}")
        columns = [column[0] for column in cursor.description]
        found = [make_feature(self[name], dict(zip(columns, values, strict=True))) for values in cursor]
        return [self._features.setdefault(feature.id, feature) for feature in found]

    def _read(self, feature: str) -> Feature:
        name, _, key = feature.partition("/")
        if self[name].path.suffix == ".csv":
            row = self._keyed(name).get(key)
            if row is not None:
                located = row.get("lon") is not None
                point = shapely.Point(row["lon"], row["lat"]) if located else None
                return Feature(id=feature, properties=row, geometry=point, layer=self[name])
        else:
            cursor = self._database(name).execute(f"SELECT * FROM {_quoted(name)} WHERE key = ?", (key,))
            found = cursor.fetchone()
            if found is not None:
                columns = [column[0] for column in cursor.description]
                return make_feature(self[name], dict(zip(columns, found, strict=True)))
        message = f"no feature {key!r} in the layer {name!r}"
        raise LayerNotFound(message)

    @cache  # noqa: B019 - one object for the life of the process
    def _tables(self, name: str) -> list[dict[str, Any]]:
        self._verify(name)
        with self[name].path.open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file))
        for row in rows:
            for key in ("lon", "lat", "radius_km", "low_km", "high_km"):
                if key in row:
                    row[key] = float(row[key]) if row[key] else None
        return rows

    @cache  # noqa: B019
    def _keyed(self, name: str) -> dict[str, dict[str, Any]]:
        return {row["key"]: row for row in self._tables(name)}

    @cache  # noqa: B019
    def _database(self, name: str) -> sqlite3.Connection:
        self._verify(name)
        return sqlite3.connect(f"{self[name].path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    @cache  # noqa: B019
    def _verify(self, name: str) -> None:
        layer = self[name]
        try:
            digest = hashlib.sha256(layer.path.read_bytes()).hexdigest()
        except OSError as problem:
            message = f"the layer {name!r} cannot be read: {problem}"
            raise LayerError(message) from None
        if f"sha256:{digest}" != layer.hash:
            message = f"{layer.path} is not the file that the catalog describes; restore it or run {layer.recipe} again"
            raise LayerChanged(message)

    def check(self, name: str) -> list[str]:
        """Compare a layer with what the catalog says of it; each fault is one sentence, none is an empty list."""
        layer = self[name]
        try:
            self._verify(name)
        except LayerError as problem:
            return [str(problem)]
        faults = []
        if layer.path.stat().st_size != layer.bytes:
            faults.append(f"{name}: {layer.path.stat().st_size} bytes, the catalog says {layer.bytes}")
        if layer.recipe.endswith(".py") and not (self.root / layer.recipe).is_file():
            faults.append(f"{name}: its recipe {layer.recipe} is missing")
        if layer.path.suffix in TABLES:
            faults += self._check_rows(layer)
        return faults

    def _check_rows(self, layer: Layer) -> list[str]:
        name, faults = layer.name, []
        rows = self.rows(name)
        if layer.rows and not layer.rows[0] <= len(rows) <= layer.rows[1]:
            faults.append(f"{name}: {len(rows)} rows, expected {layer.rows[0]} to {layer.rows[1]}")
        keys = Counter(row.get("key") for row in rows)
        if None in keys:
            return [*faults, f"{name}: a row has no key"]
        faults += [f"{name}: the key {key!r} occurs more than once" for key, times in sorted(keys.items()) if times > 1]
        if layer.geometry is None:
            return faults
        for feature in self.features(name):
            if feature.geometry is None or feature.geometry.is_empty:
                faults.append(f"{feature.id}: no geometry")
                continue
            kind = feature.geometry.geom_type.removeprefix("Multi")  # one part or several makes no difference
            if layer.geometry.removeprefix("Multi") not in (kind, "Geometry"):
                faults.append(f"{feature.id}: a {feature.geometry.geom_type}, expected {layer.geometry}")
            if not feature.geometry.is_valid:
                faults.append(f"{feature.id}: {shapely.is_valid_reason(feature.geometry)}")
            if layer.bounds and not shapely.box(*layer.bounds).covers(shapely.box(*feature.geometry.bounds)):
                faults.append(f"{feature.id}: outside the bounds that the catalog gives")
        return faults


class Overlaid(Layers):
    """The layers that ship, and over them those that the user has installed.

    An installed layer replaces the features of the shipped layer of its name that have the same key, and all that the
    states that it covers have or claim there; the rest stays.

    Parameters
    ----------
    root : folder of the shipped layers
    installed : folder of the installed ones
    """

    def __init__(self, root: Path, installed: Path) -> None:
        super().__init__(root)
        self._shipped, self._installed = Layers(root), Layers(installed)

    def __iter__(self) -> Iterator[Layer]:
        yield from self._shipped
        yield from self._installed

    def __contains__(self, name: object) -> bool:
        return name in self._shipped or name in self._installed

    def __getitem__(self, name: str) -> Layer:
        return self._holders(name)[-1][name]

    def layers_of(self, name: str) -> tuple[Layer, ...]:
        """All layers that speak under a name, the one that wins first: an installed one, the shipped one."""
        return tuple(holder[name] for holder in self._holders(name))

    def rows(self, name: str) -> list[dict[str, Any]]:
        """All rows without their geometry: what the installed layer leaves of the shipped one, then its own."""
        hidden = self._hidden(name)
        holders = reversed(self._holders(name))
        return [
            row for each in holders for row in each.rows(name) if each is self._installed or row["key"] not in hidden
        ]

    def features(self, name: str) -> list[Feature]:
        """All features with their geometry, in the order of `rows`."""
        hidden = self._hidden(name)
        holders = reversed(self._holders(name))
        found = [(each, feature) for each in holders for feature in each.features(name)]
        return [one for each, one in found if each is self._installed or one.properties["key"] not in hidden]

    def check(self, name: str) -> list[str]:
        """Compare the layers of a name with what their catalogs say of them."""
        return [fault for holder in self._holders(name) for fault in holder.check(name)]

    def _read(self, feature: str) -> Feature:
        name, _, key = feature.partition("/")
        holders = self._holders(name)
        if len(holders) > 1 and self._installed.has(feature):
            return self._installed.feature(feature)
        if key in self._hidden(name):
            message = f"no feature {key!r} in the layer {name!r} as {self._installed[name].source_id} has it"
            raise LayerNotFound(message)
        return holders[-1].feature(feature)

    def _holders(self, name: str) -> list[Layers]:
        holders = [each for each in (self._installed, self._shipped) if name in each]
        if not holders:
            raise _not_found(name, self)
        return holders

    @cache  # noqa: B019
    def _hidden(self, name: str) -> frozenset[str]:
        """The keys of the shipped layer for which the installed one speaks."""
        if len(self._holders(name)) < 2:
            return frozenset()
        keys = {row["key"] for row in self._installed.rows(name)}
        states = {*self._installed[name].states}
        for row in self._shipped.rows(name):
            claimed = (row.get("claimants") or "").split("|") if row.get("status") == "overlap" else ()
            if row.get("sovereign") in states or not states.isdisjoint(claimed):
                keys.add(row["key"])
        return frozenset(keys)


def _not_found(name: str, layers: Layers) -> LayerNotFound:
    known = sorted({layer.name for layer in layers})
    return LayerNotFound(f"no layer named {name!r}; there are: {', '.join(known)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def shipped_folder() -> Path:
    """The folder of the layers that ship with geomap."""
    beside = Path(__file__).parent / "layers"
    return beside if beside.is_dir() else Path(__file__).parents[1] / "layers"


def installed_folder() -> Path:
    """The folder of the layers that the user has installed, whether it exists or not.

    It is ``layers`` in ``$GEOMAP_DATA``, else in ``$XDG_DATA_HOME/geomap``, else in ``~/.local/share/geomap``.
    """
    if own := os.environ.get("GEOMAP_DATA"):
        return Path(own).absolute() / "layers"
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return Path(data).absolute() / "geomap" / "layers"


def open_layers(root: Path | None = None) -> Layers:
    """Open the layers that ship with geomap, under those that the user has installed; or those of another folder.

    Parameters
    ----------
    root : folder with a ``datapackage.json`` that is opened alone; the shipped and installed ones when left out
    """
    if root is not None:
        return _opened(root, None, ())
    installed = installed_folder()
    try:
        found = (installed / DESCRIPTOR).stat()
    except OSError:
        return _opened(shipped_folder(), None, ())
    return _opened(shipped_folder(), installed, (found.st_mtime_ns, found.st_size, found.st_ino))


@cache
def _opened(root: Path, installed: Path | None, _version: tuple[int, ...]) -> Layers:
    """Open folders once, and again when something was installed or removed."""
    return Layers(root) if installed is None else Overlaid(root, installed)
