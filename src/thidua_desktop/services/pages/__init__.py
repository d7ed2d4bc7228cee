"""What papers say becomes pages: one module for each form."""
