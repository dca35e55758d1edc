"""Which areas of a layer each of many points lies in: economic zones, belts of sea, seas, countries.

An index of the areas' parts finds the few that may hold a point, and a prepared test tells which do: what
`geopandas.sjoin` with ``intersects`` finds, without making a frame.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from geomap.catalog import Layers
from geomap.errors import LayerError
from geomap.types import Record

_AT_ONCE = 1 << 14
"""Points that are looked at in one go: their geometries take a few MB."""

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]


class Areas(Record, kw_only=True):
    """The areas of a layer, taken apart, with an index of the parts.

    Parameters
    ----------
    ids : of the features, in the order of the layer
    parts : polygons, prepared
    owners : for each part the number of its feature
    """

    ids: NDArray[np.object_]
    parts: NDArray[np.object_]
    owners: Numbers
    index: STRtree


def find_zones(
    lons: ArrayLike, lats: ArrayLike, layers: Layers, layer: str = "eez"
) -> tuple[Numbers, NDArray[np.object_]]:
    """Find the areas of a layer that each of many points lies in.

    A point in several areas (claims that overlap, a bay and its ocean) comes with each of them, one in none does not
    come at all. The border belongs to both sides. Where an area crosses 180°, a point there is in it whether it is
    written as 180 or as -180; longitudes beyond go on round the earth. What is no position (NaN, infinite, a latitude
    beyond 90) lies nowhere.

    Parameters
    ----------
    lons, lats : degrees
    layer : ``eez``, ``belts``, ``seas``, ``countries`` or another layer of areas

    Returns
    -------
    tuple
        numbers of the points, rising, and the id of the area of each (``eez/JPN``), in the order of the layer

    Raises
    ------
    LayerError
        if there is no such layer, or it has no areas

    Examples
    --------
    >>> import geomap
    >>> points, zones = geomap.find_zones([135.0, 160.0, 130.3], [38.0, 30.0, 39.9], geomap.open_layers())
    >>> points.tolist(), zones.tolist()
    ([0, 2], ['eez/JPN', 'eez/PRK'])
    """
    lons, lats = np.broadcast_arrays(*(np.atleast_1d(np.asarray(one, dtype=float)) for one in (lons, lats)))
    areas = areas_of(layer, layers)
    found = [_held(lons[at : at + _AT_ONCE], lats[at : at + _AT_ONCE], areas) for at in range(0, len(lons), _AT_ONCE)]
    points = [numbers + turn * _AT_ONCE for turn, (numbers, _) in enumerate(found)]
    if not found:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=object)
    return np.concatenate(points), areas.ids[np.concatenate([owners for _, owners in found])]


@lru_cache(maxsize=8)
def areas_of(layer: str, layers: Layers) -> Areas:
    """The areas of a layer with their index; kept, for as many layers as there are of areas.

    Raises
    ------
    LayerError
        if there is no such layer, or it has no areas
    """
    features = [one for one in layers.features(layer) if one.geometry is not None and one.geometry.area]
    if not features:
        message = f"the layer {layer!r} has no areas that a point could lie in; eez, belts, seas and countries have"
        raise LayerError(message)
    parts, owners = shapely.get_parts([one.geometry for one in features], return_index=True)
    shapely.prepare(parts)
    ids = np.array([one.id for one in features], dtype=object)
    return Areas(ids=ids, parts=parts, owners=owners, index=STRtree(parts))


def _held(lons: Array, lats: Array, areas: Areas) -> tuple[Numbers, Numbers]:
    """Numbers of points and of the features that they lie in, each pair once."""
    numbers = np.flatnonzero(np.isfinite(lons) & (np.abs(lats) <= 90))
    x, y = lons[numbers], lats[numbers]
    x = np.where(np.abs(x) > 180, (x + 180) % 360 - 180, x)
    some, parts = areas.index.query(shapely.points(x, y))
    inside = shapely.intersects_xy(areas.parts[parts], x[some], y[some])
    pairs = np.sort(some[inside] * len(areas.ids) + areas.owners[parts[inside]], kind="stable")  # they nearly are
    points, owners = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], len(areas.ids))
    return numbers[points], owners
