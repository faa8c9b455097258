"""The demonstration: an invented city's federation with four years of work, made through the actions.

Texts and proportions stand in packs/demo/; here stands only how they become data. The same seed
gives the same data; what lies after today is left out.
"""
