"""The five sections of the monthly analysis, one module each, and the words they share. Pure."""
