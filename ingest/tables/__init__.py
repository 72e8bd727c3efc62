"""Tables as rows with a place: CSV and spreadsheets, and the standard that says what their columns mean."""
