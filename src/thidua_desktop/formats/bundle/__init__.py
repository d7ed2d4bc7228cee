"""Bundle files: the container of bundle.md 7.1."""
