"""The records of a city's relations, written by people: from YAML files to statements."""
