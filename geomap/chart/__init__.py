"""A scene on a sheet of paper: its own projection, marks in points, graticule, scale, and labels that never overlap.

What is made here is what every picture shows, whatever draws it: matplotlib for PNG, SVG and PDF, or shapes in a slide.
Lengths on the sheet are points (1/72 inch) from the lower left corner of the map's frame.
"""
