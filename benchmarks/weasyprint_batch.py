"""WeasyPrint in one warm process with many files: one font configuration for all. Arguments: the .html files."""

import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
for name in sys.argv[1:]:
    HTML(name).write_pdf(Path(name).with_suffix(".pdf"), font_config=fonts)
