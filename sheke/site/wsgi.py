"""What granian's processes serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")

application = get_wsgi_application()

# All pages' code now, not with the first person's request.
from django.urls import get_resolver  # noqa: E402

_patterns = get_resolver().url_patterns
