"""Pages of the room filings."""
