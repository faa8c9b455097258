"""What granian's processes serve."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from sheke.core.jobs.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")

end_with_parent()
application = get_wsgi_application()

# All pages' code now, not with the first person's request.
from django.urls import get_resolver  # noqa: E402

_patterns = get_resolver().url_patterns

# What is loaded by now stays for good: the collector need not walk over it again and again.
gc.collect()
gc.freeze()
