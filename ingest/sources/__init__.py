"""One declaration (YAML) and one short reader a source; they don't know one another."""
