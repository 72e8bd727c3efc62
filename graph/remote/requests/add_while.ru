# Adds an entry to a graph of the ledger, but only while another entry is there: the writer's lease.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
INSERT { GRAPH $graph { $entry rdf:value $value } }
WHERE { GRAPH $leases { $lease rdf:value $held } }
