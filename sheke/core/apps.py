from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "sheke.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from . import guards

        post_migrate.connect(guards.install, sender=self, dispatch_uid="append-only guards")
