"""Pictures and pages: networks drawn with pyvis, maps, charts, templates."""
