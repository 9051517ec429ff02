"""What builds, checks and measures the product; nothing here is part of it."""
