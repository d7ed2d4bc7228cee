"""Papers as Word documents, in the layout and with the named styles of Decree 30/2020/NĐ-CP."""
