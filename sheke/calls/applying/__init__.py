"""The applicant's form: what was posted, what two windows saved, what still is missing."""
