"""The backend that keeps revisions on a SPARQL 1.1 server.

``client`` speaks HTTP, ``database`` puts questions to one revision, ``ledger`` is what is written down on the
server about revisions, ``lease`` lets one write at a time, ``backend`` publishes. Nothing else of the
program knows that there is a server.
"""
