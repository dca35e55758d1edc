"""How fast geomap is, each figure beside a baseline that was measured in the same run: ``make bench``.

A bench is a function that yields rows; its sizes are parameters, so that a test can run it small. Work inside this
process is measured in CPU time, programs and pages in time on the wall: run it on a machine that does nothing else.
"""
