"""The small globe of a picture: the earth from far above the map, with the map's frame on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.export.picture.pens import Theme, axes_at, fill
from geomap.export.picture.sheet import Sheet
from geomap.geodesy import GEOD

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HORIZON_KM = 9900.0
"""As far as one sees from infinity, less a little: a quarter of the way round is where the globe's edge is."""


def paint_globe(figure: Figure, sheet: Sheet, look: Theme) -> None:
    """The earth from far above the map, with the map's frame on it."""
    from matplotlib.patches import Circle, Polygon
    from pyproj import Proj

    assert sheet.globe is not None  # the caller has looked
    frame, box = sheet.frame, sheet.globe
    axes = axes_at(figure, sheet, sheet.left + box[0], sheet.bottom + box[1], box[2] - box[0], box[3] - box[1])
    axes.set_zorder(5)
    half = (box[2] - box[0]) / 2
    lon0, lat0 = frame.lon, max(-60.0, min(60.0, frame.lat * 0.7))
    globe, radius = Proj(proj="ortho", lon_0=lon0, lat_0=lat0, ellps="sphere", R=1.0), half * 0.96

    def seen(lons: Any, lats: Any) -> Any:
        x, y = globe(lons, lats)
        return np.column_stack([np.asarray(x) * radius + half, np.asarray(y) * radius + half])

    axes.add_patch(
        Circle(
            (half, half),
            radius,
            facecolor=look.ground["sea"],
            edgecolor=look.ground["soft"],
            linewidth=0.6 * sheet.size.grow,
        )
    )
    from geomap.geodesy import disc

    near = disc(lon0, lat0, _HORIZON_KM)
    for shape in sheet.land:
        part = shapely.intersection(shapely.simplify(shape, 0.4), near)
        if part.is_empty:
            continue
        flat = shapely.transform(shapely.segmentize(part, 4.0), lambda points: seen(points[:, 0], points[:, 1]))
        fill(axes, shapely.make_valid(flat), facecolor=look.ground["graticule"], zorder=2)
    corners = _outline_of(sheet)
    away = GEOD.inv(np.full(len(corners), lon0), np.full(len(corners), lat0), corners[:, 0], corners[:, 1])[2]
    visible = corners[away < _HORIZON_KM * 1000]
    if len(visible) > 3:
        accent = look.ground["contradicts"]
        axes.add_patch(
            Polygon(
                seen(visible[:, 0], visible[:, 1]),
                closed=True,
                facecolor=accent,
                edgecolor=accent,
                alpha=0.4,
                linewidth=1.0,
                zorder=3,
            )
        )


def _outline_of(sheet: Sheet) -> Any:
    """The frame's outline as longitudes and latitudes."""
    frame, share = sheet.frame, np.linspace(0, 1, 30)
    sides = [
        *((frame.width * at, 0.0) for at in share),
        *((frame.width, frame.height * at) for at in share),
        *((frame.width * (1 - at), frame.height) for at in share),
        *((0.0, frame.height * (1 - at)) for at in share),
    ]
    return np.array([frame.position(x, y) for x, y in sides])
