"""The analyst's own assumptions: said on the command line, kept apart in the reading, never mixed with what it says.

``--assume e1:launch=Yangdok,distance=800km`` fills in what a text does not say, and what follows from that is computed
as it would be for the text: an impact zone, a track, ranges, verdicts. All of it goes to ``assumed``; the events stay
as they were read. ``--pick m3=2`` takes another candidate for a name; what the text says of that place is then built
again from it.
"""

from __future__ import annotations

from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from geomap.assume.events import assume
from geomap.assume.options import Assumption, Pick, Wishes, parse_assumptions, parse_picks
from geomap.assume.picks import take_picks
from geomap.catalog import Layers
from geomap.errors import InputError, LayerError
from geomap.pipeline import rebuild
from geomap.types import Reading

__all__ = ["Assumption", "Pick", "Wishes", "assume", "parse_assumptions", "parse_picks", "reconsider", "take_picks"]


def reconsider(reading: Reading, wishes: Wishes, layers: Layers) -> Reading:
    """Apply an analyst's wishes to a reading that was made before, on top of those that it keeps.

    Raises
    ------
    InputError
        if one cannot be met: no such mention or event, no such candidate, no such place
    """
    if not wishes:
        return reading
    try:
        if wishes.picks:
            reading = rebuild(take_picks(reading, wishes.picks, layers), layers)
        return assume(reading, wishes.assumptions, layers)
    except InputError:
        raise
    except (LayerError, ValueError, ShapelyError, ProjError, RecursionError) as problem:  # a line may hold anything
        message = f"what an analyst wishes cannot be built on this reading: {' '.join(str(problem).split())}"
        raise InputError(message) from None
