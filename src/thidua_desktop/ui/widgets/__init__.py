"""Small things used in more than one page. They know no use case."""
