"""What a phrase without a number means, in km; a sharper word in the text always wins over it."""

from __future__ import annotations

OFFSHORE_KM = 370.0
"""200 nautical miles: where the sea 'off a coast' ends."""
OFFSHORE_BEST_KM = 200.0
"""The best point of the sea 'off the east coast' lies so far out."""
OFF_TOWN_KM = 60.0
"""'Off Sinpo'."""
SIDE_COUNTRY_KM = 500.0
"""'Waters east of the Korean Peninsula', from its shore."""
SIDE_SMALL_KM = 300.0
"""'West of Okushiri Island'."""
NEAR_TOWN_KM = 15.0
"""'Near Sunan'."""
NEAR_COAST_KM = 60.0
"""'Near its coast'."""
TOWARD_KM = 1000.0
"""'Toward the northeast'."""
INLAND_KM = 30.0
"""'Inland' is so far from the sea."""
