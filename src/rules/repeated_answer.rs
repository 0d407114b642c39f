//! K210: the same answer in two places. What fits everywhere tells the interview nothing anywhere.
//!
//! Each text is led by a few of its runs to the first texts of groups that share them, and compared
//! with the likeliest of these only; see [`shingles`](crate::rules::shingles). A text that joins a
//! group is not looked for again, so that a thousand copies cost a thousand comparisons.

use std::collections::{BTreeMap, HashMap};

use crate::coverage::with_plan;
use crate::finding::Finding;
use crate::lang::{Bi, Say, bi};
use crate::links::Target;
use crate::model::{Level, Plan, Text};
use crate::place::Place;
use crate::rules::asked::{self, Asked};
use crate::rules::shingles::{self, Runs};
use crate::rules::{Check, Judged, Rule};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K210",
    name: "repeated-answer",
    level: Level::Warning,
    page: include_str!("repeated_answer.md"),
    check: Check::Year(check),
};

/// Groups that one run leads to; the runs that more share are set phrases.
const LED_TO: usize = 32;
/// Groups that a text is compared with, the likeliest first.
const COMPARED: usize = 8;
/// Other places that a finding names, besides the first.
const NAMED: usize = 2;

const RESPONSE: Bi = bi("部の方針", "response");
const OUTCOME: Bi = bi("成果", "outcome");
const VIEWPOINT: Bi = bi("視点", "viewpoint");
const REASON: Bi = bi("非該当の理由", "reason for declining");

/// Something that a department wrote in its own words.
struct Said<'a> {
    department: usize,
    place: Place,
    what: Bi,
    text: &'a Text,
    /// Its letters without the wording that it cites.
    letters: Vec<char>,
}

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let wordings = asked::letters(judged.year);
    let asked = Asked::new(judged.year, &wordings);
    let mut said = Vec::new();
    for (department, _, plan) in with_plan(judged.year) {
        gather(judged, &asked, department, plan, &mut said);
    }
    let path = |said: &Said<'_>| judged.year.city.file(said.place.file).path.as_str();
    said.sort_by(|a, b| (path(a), a.place.span).cmp(&(path(b), b.place.span)));
    for group in groups(&said) {
        let group: Vec<&Said<'_>> = group.into_iter().filter_map(|index| said.get(index)).collect();
        if let [first, second, others @ ..] = group.as_slice() {
            out.push(finding(judged, first, second, others));
        }
    }
}

/// What a plan says in answers, outcomes, viewpoints and reasons, but for what is too short to tell
/// and for copies of the policy, of which K209 speaks.
fn gather<'a>(
    judged: &Judged<'a>,
    asked: &Asked<'_, '_, '_>,
    department: usize,
    plan: &'a Plan,
    said: &mut Vec<Said<'a>>,
) {
    let links = &judged.links.plans[department];
    let mut add = |what: Bi, text: &'a Option<Text>, cites: &[Target], copies_count: bool| {
        let Some(text) = text.as_ref().filter(|text| text.says().is_some()) else { return };
        let letters = shingles::letters(&text.value);
        if copies_count && asked.copied(&letters, cites).is_some() {
            return;
        }
        let letters = asked.own_words(letters, cites);
        let place = judged.year.departments[department].at(text.span);
        if let Some(place) = place.filter(|_| letters.len() >= shingles::SHORTEST) {
            said.push(Said { department, place, what, text, letters });
        }
    };
    for (response, cites) in plan.responses.iter().zip(&links.responses) {
        add(RESPONSE, &response.text, cites, true);
    }
    for (goal, links) in plan.goals.iter().zip(&links.goals) {
        add(OUTCOME, &goal.outcome, &links.cites, true);
        for (_, words) in &goal.viewpoints {
            add(VIEWPOINT, words, &links.cites, false);
        }
    }
    for (decline, links) in plan.not_applicable.iter().zip(&links.declines) {
        add(REASON, &decline.reason, &links.items, false);
    }
}

/// A text that is like no earlier one, and those that are like it.
struct Group<'s> {
    letters: &'s [char],
    runs: Runs<'s>,
    members: Vec<usize>,
}

/// Texts that are alike, each group in the order of the texts.
fn groups(said: &[Said<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut led_to: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, Said { letters, .. }) in said.iter().enumerate() {
        let marks = shingles::marks(letters);
        let mut shares: BTreeMap<usize, usize> = BTreeMap::new();
        for group in marks.iter().filter_map(|mark| led_to.get(mark)).flatten() {
            *shares.entry(*group).or_default() += 1;
        }
        let mut likely: Vec<(usize, usize)> = shares.into_iter().collect();
        likely.sort_by_key(|(group, shared)| (std::cmp::Reverse(*shared), *group));
        let like = likely.into_iter().take(COMPARED).map(|(group, _)| group);
        let own = shingles::runs(letters);
        if let Some(group) = like.into_iter().find(|group| alike(letters, &own, &groups[*group])) {
            groups[group].members.push(index);
            continue;
        }
        for mark in marks {
            let list = led_to.entry(mark).or_default();
            if list.len() < LED_TO {
                list.push(groups.len());
            }
        }
        groups.push(Group { letters, runs: own, members: vec![index] });
    }
    groups.into_iter().map(|group| group.members).filter(|members| members.len() > 1).collect()
}

/// Two texts share four fifths of what they say together.
fn alike(letters: &[char], own: &Runs<'_>, group: &Group<'_>) -> bool {
    let all = letters.len() + group.letters.len();
    // What is so much longer cannot share that much, and need not be read through.
    shingles::is_most(2 * letters.len().min(group.letters.len()), all)
        && shingles::is_most(shingles::shared(letters, &group.runs) + shingles::shared(group.letters, own), all)
}

fn finding(judged: &Judged<'_>, first: &Said<'_>, second: &Said<'_>, others: &[&Said<'_>]) -> Finding {
    let count = others.len() + 2;
    let places = |other: &Said<'_>| {
        let (name, what) = (judged.year.departments[other.department].name(), other.what);
        let (ja, en) = (what.ja, what.en);
        say!("{name}の「{ja}」", "{en} of {name}")
    };
    let Say { ja: from_ja, en: from_en } = places(first);
    let message = match others {
        [] => say!("{from_ja}と、ほぼ同じ文です", "this is nearly the {from_en}"),
        _ => say!(
            "{from_ja}と、ほぼ同じ文です（同じ文が {count}か所）",
            "this is nearly the {from_en} (found in {count} places)"
        ),
    };
    let mut finding = Finding::new(&RULE, second.place, message)
        .label(say!("ここに固有のことを書いてください", "write what is particular to this place"))
        .why(say!(
            "どこにでも当てはまる文では、その所で何をするのかが面談で伝わりません。",
            "Words that fit everywhere do not tell the interview what is done here."
        ))
        .help(say!(
            "誰が、何を、いつまでに、どのくらい行うかを、所ごとに書き分けます。\n一つの取組で幾つもの項目に応えるなら、文を一つにし、番号を並べます。",
            "Say for each place who does what, by when, and how much.\nIf one piece of work answers several items, write it once, list their numbers."
        ))
        .quoting(first.place, places(first), first.text.joined());
    for other in others.iter().take(NAMED) {
        finding = finding.related(other.place, places(other));
    }
    finding
}
