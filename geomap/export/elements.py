"""The folium elements of the page. Their scripts are fixed: what they draw stands in the page's JSON, never in them."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium import FeatureGroup, LayerControl, Map
from folium.map import CustomPane
from folium.template import Template


class Opening(MacroElement):
    """Sets the first view, before anything is drawn that a later change would draw again."""

    _template = Template("{% macro script(this, kwargs) %}geomap.open({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Opening"


class Marks(MacroElement):
    """The marks of one layer of the scene; the parent is the group that it is switched on and off with.

    Parameters
    ----------
    index : the layer's place in the page's JSON
    """

    _template = Template(
        "{% macro script(this, kwargs) %}geomap.marks({{ this._parent.get_name() }}, {{ this.index }});{% endmacro %}"
    )

    def __init__(self, index: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Marks"
        self.index = index


class Graticule(MacroElement):
    """Meridians and parallels whose spacing follows the zoom, with their degrees at the edges."""

    _template = Template(
        "{% macro script(this, kwargs) %}geomap.graticule({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Graticule"


class Legend(LayerControl):
    """Legend and layer control in one: each entry shows its symbol and switches its marks on and off."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        geomap.legend({{ this._parent.get_name() }}, [
            {%- for name in this.overlays.values() %}{{ name }}, {% endfor -%}
        ]);
        {% endmacro %}"""
    )


class Archive(MacroElement):
    """The launches of an archive: their marks, gathered where they lie near each other, legend, filters and list."""

    _template = Template("{% macro script(this, kwargs) %}geomap.archive({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Archive"


class Finish(MacroElement):
    """Places the labels and makes panel, keyboard and printing work, once all marks are drawn."""

    _template = Template("{% macro script(this, kwargs) %}geomap.finish({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Finish"


def make_map(panes: dict[str, int], groups: list[dict[str, Any]], *, archive: bool = False) -> Map:
    """Put the folium map together.

    Parameters
    ----------
    panes : name and z-index of each pane; those whose marks answer the pointer have a name that starts with ``mark``
    groups : ``key``, ``shown`` and ``layers`` (places in the page's JSON) of each group, in the legend's order;
        a group without ``key`` is the ground
    archive : the groups but the ground are drawn by `Archive`
    """
    made = Map(
        location=[0, 0],
        zoom_start=2,
        tiles=None,
        zoom_control=True,
        control_scale=True,
        attributionControl=False,
        zoomSnap=0.25,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=90,
    )
    # folium gives these two to a tile layer, and there is none
    made.options.update(min_zoom=1, max_zoom=9)
    made.add_child(Opening())
    for name, index in panes.items():
        made.add_child(CustomPane(name, z_index=index, pointer_events=name.startswith("mark")))
    for group in groups if not archive else [group for group in groups if not group["key"]]:
        layer = FeatureGroup(name=group["key"] or "ground", control=bool(group["key"]), show=group["shown"])
        made.add_child(layer)
        for index in group["layers"]:
            layer.add_child(Marks(index))
    made.add_child(Graticule())
    made.add_child(Archive() if archive else Legend())
    made.add_child(Finish())
    return made
