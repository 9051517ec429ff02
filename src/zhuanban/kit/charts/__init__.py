"""Charts: one pure description, drawn by the page (ECharts) and by documents (matplotlib)."""
