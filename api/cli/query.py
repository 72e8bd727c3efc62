"""``kopru query``: one SPARQL query to the published graph.

The text is foreign: it is run in a child process with the limits of the settings, as over
HTTP.
"""
