from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sheke.site"
    label = "site"
