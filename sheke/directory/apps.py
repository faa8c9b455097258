from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "sheke.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Each app says in its `personal.py` what it holds of a person."""
        autodiscover_modules("personal")
