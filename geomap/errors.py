"""Every exception that geomap raises.

A message is one sentence: what, where, and what would help. "Don't know" is never an exception: it is a value with
a reason. The tree::

    GeomapError(Exception)
    ├── InputError(ValueError)          an article, a reading line or a phrase cannot be read
    ├── LayerError                      a layer cannot be used
    │   ├── LayerNotFound(LookupError)  names the layers that exist
    │   └── LayerChanged                the file is not the one in the catalog
    ├── GeocoderError                   an online geocoder cannot be asked, or did not answer
    └── ExportError(OSError)            an output cannot be written
"""

from __future__ import annotations


class GeomapError(Exception):
    """The root of all of geomap's own errors: the command line turns one into a sentence and exit status 1."""


class InputError(GeomapError, ValueError):
    """An article, a line of a reading or a phrase cannot be read."""


class LayerError(GeomapError):
    """A layer cannot be used."""


class LayerNotFound(LayerError, LookupError):
    """No layer, or no feature, of that name."""


class LayerChanged(LayerError):
    """A layer's file is not the one that the catalog describes."""


class GeocoderError(GeomapError):
    """An online geocoder cannot be asked, or did not answer."""


class ExportError(GeomapError, OSError):
    """An output cannot be written."""
