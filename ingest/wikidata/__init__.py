"""Wikidata over its SPARQL service: questions, a patient client, and what the answers mean."""
