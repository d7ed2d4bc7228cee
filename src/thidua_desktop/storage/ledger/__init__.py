"""The change ledger: every write of the program, and the merge of everyone's writes."""
