"""The only package that knows all others: it joins them and starts the program."""
