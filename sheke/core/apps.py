from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "sheke.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Each app says in its `search.py` what is searched."""
        from . import guards
        from .search.making import make_index

        post_migrate.connect(guards.install, sender=self, dispatch_uid="append-only guards")
        post_migrate.connect(make_index, sender=self, dispatch_uid="search index")
        autodiscover_modules("search")
