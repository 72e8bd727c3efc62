"""What is asked of a server about revisions, and written there; ``$name`` is where a term is put."""
