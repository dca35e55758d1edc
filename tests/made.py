"""Files of several kinds, made by hand: PDF, Word, mail."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)"})
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    *pages: Sequence[str],
    title: str | None = None,
    trailer: str = "",
    operations: str = "",
    made: bool = False,
    packed: bool = False,
) -> bytes:
    """A PDF with one line of text below the other on each page.

    Parameters
    ----------
    trailer : more entries of the trailer (``/Encrypt …``)
    operations : drawing commands that stand before the text of each page
    made : with a date of creation
    packed : with compressed pages
    """
    info = f"/Title ({title}) " if title is not None else ""
    info += "/CreationDate (D:20210915124000+09'00') " if made else ""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info}>>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(
            f"1 0 0 1 50 {780 - 14 * at} Tm ({line.translate(_ESCAPED)}) Tj" for at, line in enumerate(lines) if line
        )
        content = f"{operations}BT /F1 11 Tf {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        stream = zlib.compress(content.encode("cp1252")) if packed else content.encode("cp1252")
        kind = "/Filter /FlateDecode " if packed else ""
        objects.append(f"<< {kind}/Length {len(stream)} >>\nstream\n{stream.decode('latin-1')}\nendstream")
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer}>>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    ).encode("cp1252")


def word(body: str, *, title: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document whose body is the XML that is given; paragraphs that are no XML yet are wrapped by `p`."""
    import docx

    empty = io.BytesIO()
    document = docx.Document()
    document.core_properties.title = title
    document.save(empty)
    full = io.BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(full, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml" and name not in (more or {}):
                new.writestr(name, old.read(name))
        new.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
            f"{body}</w:body></w:document>",
        )
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return full.getvalue()


def p(text: str, *, style: str = "") -> str:
    """A paragraph of a Word document."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def mail(body: bytes | str, **headers: str) -> bytes:
    """A mail with one part; ``Content_Type`` is the header Content-Type."""
    known = {"From": "Jane Doe <jane@example.org>", "Date": "Wed, 15 Sep 2021 12:40:00 +0900", "MIME-Version": "1.0"}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in (known | headers).items() if value]
    return "\n".join(lines).encode() + b"\n\n" + (body if isinstance(body, bytes) else body.encode())
