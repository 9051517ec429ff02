"""Worked examples, truth tables, calendars and properties of the calculations."""
