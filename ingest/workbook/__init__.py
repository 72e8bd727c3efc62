"""The records as a spreadsheet, and back."""
