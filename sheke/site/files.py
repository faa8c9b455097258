"""Uploads in a bucket of an S3-compatible server. Nobody reads them there: views hand them out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from botocore.client import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage

ABSENT = ("404", "NoSuchKey", "NotFound")


class Bucket(S3Storage):
    """django-storages' S3, private, with the manners of Django's own file storage."""

    def __init__(self, **options: Any) -> None:
        fixed = {
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": 60,  # seconds
            # Compatible servers do not all know the newer checksums.
            "client_config": Config(
                s3={"addressing_style": "path"}, signature_version="s3v4",
                connect_timeout=5, read_timeout=60, retries={"max_attempts": 3},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }  # fmt: skip
        super().__init__(**(fixed | options))

    def get_modified_time(self, name: str) -> datetime:
        """Raises FileNotFoundError where there is no such file, as a folder does."""
        try:
            return super().get_modified_time(name)
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                raise FileNotFoundError(name) from None
            raise

    def make(self) -> None:
        """Make the bucket where it is missing. Safe to repeat."""
        client = self.connection.meta.client
        try:
            client.head_bucket(Bucket=self.bucket_name)
        except ClientError as error:
            if error.response["Error"]["Code"] not in (*ABSENT, "NoSuchBucket"):
                raise
            client.create_bucket(Bucket=self.bucket_name)
