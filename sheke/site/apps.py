from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sheke.site"
    label = "site"

    def ready(self) -> None:
        from django.apps import apps
        from django.db.models.signals import post_delete, post_save

        from .page_edition import forget_pages

        public = ("reports.Publication", "calls.PublicNotice", "calls.ObjectionAnswer",
                  "calls.Award", "calls.Certificate")  # fmt: skip
        for name in public:
            for signal in (post_save, post_delete):
                signal.connect(
                    forget_pages, sender=apps.get_model(name), dispatch_uid=f"sheke.pages.{name}"
                )
