"""Changing something over HTTP: who may, and what is written down of it."""
