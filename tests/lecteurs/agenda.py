"""Reads a calendar file with three independent libraries and prints what each understood, as JSON."""

import datetime
import json
import sys

import ics
import icalendar
import vobject


def days(delta):
    return int(delta.total_seconds() // 86400)


def event(uid, stamp, start, end, title, text, category, alarms):
    assert isinstance(start, datetime.date) and isinstance(end, datetime.date)
    return {"uid": uid, "stamp": stamp, "start": start.isoformat()[:10], "end": end.isoformat()[:10], "title": title,
            "text": text, "category": category, "alarms": sorted(alarms)}


def with_icalendar(raw):
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors, calendar.errors
    for found in calendar.walk("VEVENT"):
        assert not found.errors, found.errors
        yield event(str(found["UID"]), found["DTSTAMP"].dt.isoformat(), found["DTSTART"].dt, found["DTEND"].dt,
                    str(found["SUMMARY"]), str(found["DESCRIPTION"]), found["CATEGORIES"].cats[0],
                    [days(alarm["TRIGGER"].dt) for alarm in found.walk("VALARM")])


def with_vobject(raw):
    calendar = vobject.readOne(raw.decode("utf-8"), validate=True)
    calendar.validate(raiseException=True)
    for found in calendar.vevent_list:
        yield event(found.uid.value, found.dtstamp.value.isoformat(), found.dtstart.value, found.dtend.value,
                    found.summary.value, found.description.value, found.categories.value[0],
                    [days(alarm.trigger.value) for alarm in found.valarm_list])


def with_ics(raw):
    for found in ics.Calendar(raw.decode("utf-8")).events:
        assert found.all_day
        yield event(found.uid, found.created.isoformat(), found.begin.date(), found.end.date(), found.name,
                    found.description, sorted(found.categories)[0], [days(alarm.trigger) for alarm in found.alarms])


with open(sys.argv[1], "rb") as file:
    raw = file.read()
readers = {"icalendar": with_icalendar, "vobject": with_vobject, "ics": with_ics}
json.dump({name: sorted(read(raw), key=lambda e: e["uid"]) for name, read in readers.items()}, sys.stdout)
