"""Consortia for a call: who should be in it, proven best under the call's conditions.

``problem`` is the mathematics, ``service`` brings the graph to it and the answer to people.
"""
