"""Synergy gaps of a city: what its relations leave unused, each finding with evidence and a query.

A finding says what is *not recorded*; that something is not recorded never says that it is not there.
One module a family; ``service.find_gaps`` asks all of them, ``backbone`` tells which shared
networks chance alone explains.
"""
