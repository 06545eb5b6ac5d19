"""The calendar of reviews as an iCalendar file (RFC 5545): one whole-day event for each leaflet that falls due.

The same diary gives the same bytes: there is no clock in it. Whoever imports it again moves the events that are there,
because a leaflet keeps its UID.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event, vText

from leafletpress.press.falling_due import Diary, Review

_PRODUCT = "-//Leaflet Press//Reviews//EN"
_WARNING = timedelta(weeks=4)


def calendar_file(told: Diary) -> bytes:
    """The events of everything in the diary that has a date, in order of date."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(f"Leaflet reviews: {told.publisher}"))
    for review in told.due:
        if review.by is not None:
            calendar.add_component(_event(told.publisher, review, review.by))
    written: bytes = calendar.to_ical()
    return written


def _event(publisher: str, review: Review, day: date) -> Event:
    meta = review.meta
    summary = f"Review due: {meta.title} ({review.lang}, version {meta.version})"
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'leaflet-review:{publisher}/{review.id}/{review.lang}')}")
    event.add("dtstamp", _stamp(review, day))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))  # the day after: it does not belong to the event
    event.add("summary", summary)
    event.add("description", _description(review))
    event.add("categories", ["Leaflet review"])
    event.add("transp", "TRANSPARENT")  # nobody is busy all day with it
    event.add_component(_alarm(summary))
    return event


def _stamp(review: Review, day: date) -> datetime:
    """When what the event says was last settled (RFC 5545, 3.8.7.2): the last review, else the issue, else the day."""
    settled = review.meta.reviewed or review.meta.issued or day
    return datetime.combine(settled, time(), UTC)


def _description(review: Review) -> str:
    meta = review.meta
    lines = [f"{meta.reference}, version {meta.version}, {meta.status.value}"]
    if meta.reviewed:
        lines.append(f"Last reviewed: {meta.reviewed}")
    if meta.reviewers:
        lines.append(f"Reviewers: {', '.join(meta.reviewers)}")
    return "\n".join([*lines, f"File: {review.display}"])


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_WARNING)
    return alarm
