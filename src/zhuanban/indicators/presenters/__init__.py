"""How the room shows its facts: addresses, rows, sentences, charts, spreadsheets."""
