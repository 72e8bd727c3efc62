"""The outside: HTTP, command line, settings."""
