"""The graph: its store and revisions, its questions, its rules and its analyses."""
