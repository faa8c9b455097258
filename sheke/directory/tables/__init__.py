"""Tables of organisations, people and tenures: export, and import with a dry run.

An import is checked as a whole: `check` gives its problems by row and column and, when there are
none, `apply` writes all of it or nothing.
"""

from .importing import Checked
from .organisations import check_organisations, export_organisations
from .people import check_people, export_people
from .tenures import check_tenures, export_tenures
from .writing import TITLES, written

CHECKS = {
    "organisations": check_organisations,
    "people": check_people,
    "tenures": check_tenures,
}

__all__ = [
    "CHECKS",
    "TITLES",
    "Checked",
    "check_organisations",
    "check_people",
    "check_tenures",
    "export_organisations",
    "export_people",
    "export_tenures",
    "written",
]
