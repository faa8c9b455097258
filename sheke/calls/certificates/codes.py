"""The QR code of a verification address."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

QUIET = 4  # modules of white about the code, as the standard wants
MASK = 0
LONGEST = 300  # characters of an address; more makes the modules too small to print


def matrix(address: str) -> list[list[bool]]:
    """Modules of the QR code, black is True, without the quiet zone; correction level M."""
    import qrcode

    if not address.startswith(("https://", "http://")) or len(address) > LONGEST:
        raise BadInput(
            _("The address for verification must be a web address of at most %(n)s characters.")
            % {"n": LONGEST}
        )
    # Every mask can be read; trying all eight for the smoothest takes longer than setting the page.
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=MASK
    )
    code.add_data(address)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(address: str) -> str:
    """The code as one path with its quiet zone; a run of black modules is one rectangle."""
    rows = matrix(address)
    size, path = len(rows) + 2 * QUIET, []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                path.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h-{end - x}z")
            x = end + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{"".join(path)}"/></svg>'
    )
