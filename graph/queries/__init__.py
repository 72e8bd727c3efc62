"""SPARQL files; a question is a file, its answer a method."""
