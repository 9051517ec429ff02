"""Pure mathematics of the business: figures in, verdicts and words out; no Django, network, disk or clock."""
