"""The record as one page that needs nothing else: articles with their margins, deadlines, positions, contradictions."""

from reciprocity.report.record.page import RecordPage, record_page

__all__ = ["RecordPage", "record_page"]
