"""Pages: one task of the user each; they join forms and lists to use cases."""
