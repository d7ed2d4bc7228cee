"""Forms: they edit one value, and know widgets and words only."""
