"""What helps to look things up: kept beside the records, made from them, never sent."""
