"""Harvesting: OAI-PMH 2.0 and the map of the site. Only what is public, and that something was.

protocol    what a request may say, and every error the standard names
selection   which works, in which order; sets
tokens      resumption tokens: the place in the order, nothing kept on the server
formats     oai_dc and the library's own, by sheke.xsd
answers     the XML of each verb
sitemap     for search engines
"""
