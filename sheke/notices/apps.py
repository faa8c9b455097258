from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "sheke.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Each app says in its `notices.py` what it tells people and which deadlines it knows, the
        latter in its `deadlines.py` where they are many.
        """
        autodiscover_modules("notices", "deadlines")
