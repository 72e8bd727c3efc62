"""SPARQL files; each CONSTRUCT derives statements at publish, in the order of the file names."""
