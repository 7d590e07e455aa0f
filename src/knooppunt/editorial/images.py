# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Images that editors upload: drawn anew without metadata, and refused when they would fill the memory."""

from __future__ import annotations

import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8_000_000
MOST_PIXELS = 24_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def clean(sender: Any, instance: Any, **more: Any) -> None:
    """Before an image is kept: a new file loses where, when and with what it was made. ValidationError
    says why one is refused."""
    if instance.file and not instance.file._committed:
        drawn = redrawn(instance.file.read())
        instance.file = ContentFile(drawn, name=instance.file.name)  # kept with the row
        instance.file_size, instance.file_hash = len(drawn), ""


def redrawn(data: bytes) -> bytes:
    """The same picture in the same format, upright, with nothing but its pixels.

    The size is read from the header first: a small file that claims billions of pixels is never unpacked.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The image is larger than 8 MB. Make it smaller first."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _redraw(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This is no JPEG, PNG or WebP image that we can read.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error


def _too_large() -> ValidationError:
    return ValidationError(_("The image has more than 24 million pixels. Make it smaller first."))


def _redraw(picture: Image.Image) -> bytes:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _too_large()
    kind = picture.format
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG":
        upright = upright.convert("RGB")
    elif upright.mode not in ("RGB", "RGBA", "L", "LA"):
        upright = upright.convert("RGBA")
    bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    target = io.BytesIO()
    bare.save(target, kind, quality=88)
    return target.getvalue()
