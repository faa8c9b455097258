"""What machines and citations open: lasting links, the harvesting interface, the map of the site."""

from __future__ import annotations

from django.urls import path, re_path

from .views import harvesting, links

app_name = "open"
urlpatterns = [
    re_path(r"^id/(?P<name>(?:ark:/?\d+/)?[^/]{1,80})$", links.link, name="link"),
    path("oai/", harvesting.oai, name="oai"),
    path("oai/sheke.xsd", harvesting.schema, name="schema"),
    path("sitemap.xml", harvesting.sitemap_index, name="sitemap"),
    path("sitemap-<slug:part>-<int:number>.xml", harvesting.sitemap, name="sitemap_part"),
    path("robots.txt", harvesting.robots, name="robots"),
]
