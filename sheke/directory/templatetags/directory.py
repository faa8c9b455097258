"""Filters of the directory's pages."""

from __future__ import annotations

from django import template

from sheke.directory.masking import mask_mail, mask_phone

register = template.Library()
register.filter("masked", mask_phone)
register.filter("masked_mail", mask_mail)
