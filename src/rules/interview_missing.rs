//! K504: a department or division without a slot for its interview, or a slot outside the window.

use crate::city::year::Year;
use crate::finding::Finding;
use crate::links::Meeting;
use crate::model::{Department, Level, PlanDuty, Slot};
use crate::place::{FileId, Span};
use crate::rules::{Check, Judged, Rule, words};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K504",
    name: "interview-missing",
    level: Level::Warning,
    page: include_str!("interview_missing.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let year = judged.year;
    // Without a file nothing has been set yet: an absent file is as an empty one.
    let Some(file) = year.files.interviews else { return };
    outside(year, file, out);
    let interviews = year.docs.interviews;
    let begun = !interviews.slots.is_empty() || interviews.from.is_some() || interviews.to.is_some();
    // Days of another year (K206), and a slot whose department nobody knows (K102, K203), speak
    // for what seems to lack.
    let other_year = interviews.fiscal_year.as_ref().is_some_and(|said| said.value != year.year.0);
    let nobody = judged.links.meetings.iter().any(|meeting| meeting.department.is_none());
    // Slots may stand in what could not be read.
    let unread = !year.city.file(file).is_readable();
    if !begun || other_year || nobody || unread {
        return;
    }
    let departments = &year.docs.organization.departments;
    let mut slots: Vec<Slots<'_>> = vec![Vec::new(); departments.len()];
    for (slot, meeting) in interviews.slots.iter().zip(&judged.links.meetings) {
        if let Some(own) = meeting.department.and_then(|department| slots.get_mut(department)) {
            own.push((slot, meeting));
        }
    }
    for (unit, own) in departments.iter().zip(slots) {
        missing(judged, file, unit, &own, out);
    }
}

/// The slots of one department.
type Slots<'a> = Vec<(&'a Slot, &'a Meeting)>;

fn missing(judged: &Judged<'_>, file: FileId, unit: &Department, own: &Slots<'_>, out: &mut Vec<Finding>) {
    let name = unit.title();
    // A slot of a division that nobody knows (K203) may be any division's.
    let unknown = own.iter().any(|(slot, meeting)| slot.division.is_some() && meeting.division.is_none());
    let whole = own.iter().any(|(slot, _)| slot.division.is_none());
    if unit.plan == PlanDuty::Required && !whole {
        let example = format!("  - department: {}", unit.id.value);
        out.push(finding(judged.year, file, unit.id.span, name, &example).of(&unit.id.value));
    }
    if unit.plan == PlanDuty::None || unknown {
        return;
    }
    let interviewer = |text: &str| judged.year.names.interviewers.resolve(text).found();
    let regular = unit.interviewer.as_ref().and_then(|name| interviewer(&name.text));
    for (number, division) in unit.divisions.iter().enumerate() {
        let Some(special) = &division.interviewer else { continue };
        let special = interviewer(&special.text);
        if special.is_none() || special == regular || own.iter().any(|(_, meeting)| meeting.division == Some(number)) {
            continue;
        }
        let title = division.name.as_ref().map_or(division.id.value.as_str(), |name| name.value.as_str());
        let example = format!("  - department: {}\n    division: {}", unit.id.value, division.id.value);
        let full = format!("{name}{title}");
        out.push(finding(judged.year, file, division.id.span, &full, &example).of(&unit.id.value));
    }
}

fn finding(year: &Year<'_>, interviews: FileId, span: Span, name: &str, example: &str) -> Finding {
    let path = &year.city.file(interviews).path;
    let day = year.docs.interviews.from.as_ref().map_or(year.year.first_day(), |from| from.value);
    Finding::new(
        &RULE,
        year.organization_file.at(span),
        say!("{name}の面談の日程がありません", "no interview is set for {name}"),
    )
    .label(say!("面談の日程がありません", "no interview is set"))
    .why(say!("日程がないと、面談資料に日時が載りません。", "Without a slot the interview papers tell no day."))
    .help(say!(
        "{path} の slots に次のように書きます。\n{example}\n    start: \"{day}T10:00\"\n    minutes: 30",
        "Add this under slots in {path}:\n{example}\n    start: \"{day}T10:00\"\n    minutes: 30"
    ))
    .related(interviews.at(Span::default()), say!("面談の日程を書くファイルです", "the file of the interviews"))
}

/// Slots before the window's first day or after its last.
fn outside(year: &Year<'_>, file: FileId, out: &mut Vec<Finding>) {
    let interviews = year.docs.interviews;
    // K502 speaks of a window that ends before it begins.
    if interviews.from.as_ref().zip(interviews.to.as_ref()).is_some_and(|(from, to)| from.value > to.value) {
        return;
    }
    for slot in &interviews.slots {
        let Some(start) = &slot.start else { continue };
        let early = interviews.from.as_ref().filter(|from| start.value.date < from.value);
        let late = interviews.to.as_ref().filter(|to| start.value.date > to.value);
        let Some(limit) = early.or(late) else { continue };
        let (day, end) = (words::day(year, start.value.date), words::day(year, limit.value));
        let (day_ja, end_ja, day_en, end_en) = (day.ja, end.ja, day.en, end.en);
        let (side_ja, side_en) =
            if early.is_some() { ("初日", "before the first day") } else { ("最終日", "after the last day") };
        let order = if early.is_some() { "前" } else { "後" };
        let finding = Finding::new(
            &RULE,
            file.at(start.span),
            say!(
                "面談の日（{day_ja}）が、期間の{side_ja}（{end_ja}）より{order}です",
                "the interview on {day_en} is {side_en} of the window ({end_en})"
            ),
        )
        .label(say!("面談の期間の外です", "outside the window"))
        .why(say!(
            "面談の時期は基本方針で決められています。期間の外の面談は、ほかの予定から漏れがちです。",
            "The basic policy says when interviews take place; one outside the window is easily overlooked."
        ))
        .help(say!(
            "面談の日を期間の中に移すか、期間（window）の方を改めてください。",
            "Move the interview into the window, or change the window."
        ))
        .related(file.at(limit.span), say!("期間の{side_ja}です", "{side_en} of the window"));
        let department = slot.department.as_ref().and_then(|name| year.names.department(&name.text).found());
        let id = department.and_then(|index| year.docs.organization.departments.get(index));
        out.push(match id {
            Some(department) => finding.of(&department.id.value),
            None => finding,
        });
    }
}
