"""Whom a city could work with next, and why: candidates, reasons, counter-evidence, checks."""
