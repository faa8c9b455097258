from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "sheke.calls"
    label = "calls"
    verbose_name = _("Calls")

    def ready(self) -> None:
        from . import portraits  # noqa: F401 – what a profile of the library shows of calls
        from .copychecking import results  # noqa: F401 – the library compares what is sent in
        from .deciding import settling as deciding  # noqa: F401 – how notice and decision end
        from .panels import settling  # noqa: F401 – how a panel's stage ends
