"""Leaflet Press: one Markdown source per patient leaflet, rendered to PDF, DOCX and EPUB."""

__version__ = "0.1.0"
