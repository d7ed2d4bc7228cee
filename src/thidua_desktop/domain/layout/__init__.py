"""The layout of official papers (Decree 30/2020/NĐ-CP, annex I): measured, named, judged."""
