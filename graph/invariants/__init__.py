"""What the shapes demand, as questions over a graph that is too large for SHACL."""
