# Removes an entry from a graph of the ledger.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE WHERE { GRAPH $graph { $entry rdf:value ?value } }
