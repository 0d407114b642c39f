//! K505: two interviews at the same time share an interviewer, a place, or someone who attends.

use crate::city::year::Year;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::Meeting;
use crate::model::{Level, Slot, Text};
use crate::nearest::fold;
use crate::place::FileId;
use crate::rules::{Check, Judged, Rule, fields, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K505",
    name: "interview-clash",
    level: Level::Error,
    page: include_str!("interview_clash.md"),
    check: Check::Year(check),
};

/// A slot with its beginning and end in minutes, and who meets whom.
struct Booked<'s> {
    slot: &'s Slot,
    meeting: &'s Meeting,
    time: std::ops::Range<i64>,
}

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    let Some(file) = year.files.interviews else { return };
    let slots = year.docs.interviews.slots.iter().zip(&judged.links.meetings);
    let mut booked: Vec<Booked<'_>> = slots
        .filter_map(|(slot, meeting)| Some(Booked { slot, meeting, time: slot.minutes_of_time()? }))
        .filter(|booked| !booked.time.is_empty())
        .collect();
    booked.sort_by_key(|booked| (booked.time.start, booked.slot.span));
    for (index, first) in booked.iter().enumerate() {
        let rest = booked.iter().skip(index + 1);
        for second in rest.take_while(|second| second.time.start < first.time.end) {
            out.extend(finding(year, file, first, second));
        }
    }
}

/// One finding for a pair, whatever it shares.
fn finding(year: &Year<'_>, file: FileId, first: &Booked<'_>, second: &Booked<'_>) -> Option<Finding> {
    let shared = shared(year, first, second);
    if shared.is_empty() {
        return None;
    }
    let Say { ja, en } = fields::listed(shared.into_iter());
    let (one, other) = (unit(year, first), unit(year, second));
    let start = second.slot.start.as_ref()?;
    let at = words::moment(year, start.value);
    let end = words::moment(year, first.slot.start.as_ref()?.value);
    let (at_ja, at_en, end_ja, end_en) = (at.ja, at.en, end.ja, end.en);
    let minutes = first.time.end - first.time.start;
    let finding = Finding::new(
        &RULE,
        file.at(start.span),
        say!(
            "{other}の面談（{at_ja}）が、{one}の面談と同じ時間に重なり、{ja}が同じです",
            "the interview of {other} ({at_en}) overlaps with that of {one}, with the same {en}"
        ),
    )
    .label(say!("時間が重なっています", "at the same time"))
    .why(say!(
        "同じ人や同じ場所で、二つの面談を同時に行うことはできません。",
        "One person or one room cannot be in two interviews at once."
    ))
    .help(say!(
        "どちらかの開始（start）か時間の長さ（minutes）を改めてください。{one}の面談は{end_ja}から{minutes}分です。人や場所が違うのであれば、その欄を直します。",
        "Change the start or the minutes of one of them: that of {one} takes {minutes} minutes from {end_en}. If the person or the place is another, mend that instead."
    ))
    .related(file.at(first.slot.handle()), say!("{one}の面談です", "the interview of {one}"));
    let department = second.meeting.department.and_then(|index| year.docs.organization.departments.get(index));
    Some(match department {
        Some(department) => finding.of(&department.id.value),
        None => finding,
    })
}

/// What two slots share: the interviewer, the place, the posts that attend both.
fn shared(year: &Year<'_>, first: &Booked<'_>, second: &Booked<'_>) -> Vec<Say> {
    let mut shared = Vec::new();
    if let Some(interviewer) =
        first.meeting.interviewer.filter(|_| first.meeting.interviewer == second.meeting.interviewer)
    {
        let entries = year.names.interviewers.entries();
        let title = entries.get(interviewer).map(|(_, title)| title.as_str()).unwrap_or_default();
        shared.push(say!("面談者（{title}）", "interviewer ({title})"));
    }
    let place = |booked: &Booked<'_>| booked.slot.place.as_ref().and_then(Text::says).map(fold);
    if place(first).is_some() && place(first) == place(second) {
        let name = second.slot.place.as_ref().map(|place| place.value.clone()).unwrap_or_default();
        shared.push(say!("場所（{name}）", "place ({name})"));
    }
    let (one, other) = (posts(year, first), posts(year, second));
    for post in other.iter().filter(|post| one.iter().any(|other| fold(other) == fold(post))) {
        shared.push(say!("出席者（{post}）", "attendee ({post})"));
    }
    shared
}

/// The posts that attend: the department's heads where none are written.
fn posts<'y>(year: &'y Year<'_>, booked: &'y Booked<'_>) -> Vec<&'y str> {
    let department = booked.meeting.department.and_then(|index| year.docs.organization.departments.get(index));
    let heads = department.map_or(&[][..], |department| &department.heads);
    let posts = if booked.slot.attendees.is_empty() { heads } else { &booked.slot.attendees };
    posts.iter().filter_map(Text::says).collect()
}

/// The department or division that is interviewed.
fn unit(year: &Year<'_>, booked: &Booked<'_>) -> String {
    let written = || booked.slot.department.as_ref().map_or_else(|| "―".to_owned(), |name| name.text.to_string());
    booked.meeting.unit().map_or_else(written, |unit| year.names.unit_title(unit))
}
