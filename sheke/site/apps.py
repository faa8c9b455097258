from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sheke.site"
    label = "site"

    def ready(self) -> None:
        from django.apps import apps
        from django.db.models.signals import post_delete, post_save

        from .page_edition import forget_pages

        publication = apps.get_model("reports.Publication")
        for signal in (post_save, post_delete):
            signal.connect(forget_pages, sender=publication, dispatch_uid="sheke.pages")
