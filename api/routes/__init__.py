"""The addresses, one module a subject; each exports ``router``."""
