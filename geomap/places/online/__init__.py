"""Names that geomap cannot resolve, asked of an online geocoder: only when the user chooses one.

What is sent is a name of the text and, when the text speaks of one country above all, that country; nothing else.
Nothing here imports geopy before `open_geocoder` is called.
"""

from __future__ import annotations

from geomap.places.online.geocoder import Geocoder, open_geocoder
from geomap.places.online.lookups import Lookup, looked_up
from geomap.places.online.services import SERVICES

__all__ = ["SERVICES", "Geocoder", "Lookup", "looked_up", "open_geocoder"]
