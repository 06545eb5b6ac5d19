"""What layouts share: semantic HTML for PDF and EPUB, the packaged fonts."""
