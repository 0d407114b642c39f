//! K506: someone else than the organization says holds an interview.

use crate::finding::Finding;
use crate::links::Meeting;
use crate::model::{Level, Name, Slot};
use crate::rules::{Check, Judged, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K506",
    name: "interviewer-differs",
    level: Level::Warning,
    page: include_str!("interviewer_differs.md"),
    check: Check::Year(check),
};

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (slot, meeting) in judged.year.docs.interviews.slots.iter().zip(&judged.links.meetings) {
        out.extend(finding(judged, slot, meeting));
    }
}

fn finding(judged: &Judged<'_>, slot: &Slot, meeting: &Meeting) -> Option<Finding> {
    let year = judged.year;
    let (name, file) = (slot.interviewer.as_ref()?, year.files.interviews?);
    let (regular, substitute) = (meeting.regular?, meeting.interviewer?);
    if regular == substitute {
        return None;
    }
    let unit = meeting.unit()?;
    let title = |index: usize| year.names.interviewers.entries().get(index).map(|(_, title)| title.as_str());
    let (said, wanted) = (title(substitute)?, title(regular)?);
    let id = year.names.interviewers.entries().get(regular).map(|(id, _)| id.as_str())?;
    let whose = year.names.unit_title(unit);
    let department = year.docs.organization.departments.get(unit.department)?;
    let own = unit.division.and_then(|index| department.divisions.get(index)?.interviewer.as_ref());
    let place = own.or(department.interviewer.as_ref()).map(|name: &Name| year.organization_file.at(name.span))?;
    Some(
        Finding::new(
            &RULE,
            file.at(name.span),
            say!(
                "{whose}の面談者が、組織の一覧の{wanted}（{id}）ではなく{said}になっています",
                "{whose} is interviewed by {said}, not by {wanted} ({id}) as the organization says"
            ),
        )
        .label(say!("組織の一覧では{wanted}です", "{wanted} by the organization"))
        .why(say!(
            "面談者が誰かで、判断できることや資料の宛先が変わります。代わりの人でよいか、確かめるために知らせています。",
            "Who interviews decides what can be settled there and to whom the papers go; this asks whether the substitute is meant."
        ))
        .help(say!(
            "代わりの人が面談するのであれば、このままで構いません（この行の終わりに「# kpolicy: allow K506 理由」と書くと、知らせなくなります）。そうでなければ、この行を消してください。",
            "If a substitute is meant, leave it (\"# kpolicy: allow K506 reason\" at the end of this line silences it); if not, remove this line."
        ))
        .related(place, say!("組織の一覧では、この人が面談します", "the organization names this one"))
        .of(&department.id.value),
    )
}
