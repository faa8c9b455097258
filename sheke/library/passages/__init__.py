"""The passage check: every passage that a text shares with others, exactly.

What counts are Han, letters and digits; not punctuation, spaces, script, width or capitals
(`characters`, `normal`). Every run of at least `minimum` such characters that also stands elsewhere is a
passage (`runs`, compared code by code). Against texts that are given: `comparing`. Against the holdings:
`winnowing` makes the fingerprints of a text, `segment` keeps those of many, `finding` asks them.
"""
