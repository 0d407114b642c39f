//! What can be said of a thing, in Markdown: for hovers and beside completions.

use crate::city::LeafLocation;
use crate::city::names::Unit;
use crate::coverage::{Cell, CellState, Row, Summary};
use crate::explain::{Entry, page};
use crate::lang::{Lang, bi};
use crate::lsp::cursor::{Step, cursor};
use crate::lsp::meaning::{Meaning, goal};
use crate::lsp::session::Here;
use crate::lsp::site::Known;
use crate::model::{Duty, Goal, Text};
use crate::packet::Day;
use crate::packet::refs::amount;
use crate::packet::words::{day, scope};
use crate::place::Span;
use crate::report::escape::markdown;
use crate::rules::words::printed_item;
use crate::rules::{Page, Rule};
use crate::shape::{ANSWERED_BY, Choice, Field, FileKind, Kind};

/// The words about a thing.
pub(super) fn about(here: &Here<'_>, known: Option<&Known<'_>>, named: Meaning) -> String {
    let lang = here.lang;
    match (named, known) {
        (Meaning::Field(field), _) => about_field(field, lang),
        (Meaning::Choice(choice), _) => about_choice(choice, lang),
        (Meaning::Rule(rule), _) => about_rule(rule, lang),
        (Meaning::Leaf(year, location), Some(known)) if year == known.year.year => leaf(known, location, lang),
        (Meaning::Leaf(year, location), _) => {
            here.site.known(year).map(|other| leaf(&other, location, lang)).unwrap_or_default()
        }
        (Meaning::Unit(unit), Some(known)) => about_unit(known, unit, lang),
        (Meaning::Reference(index, node), Some(known)) => reference(known, index, node, lang),
        (Meaning::Viewpoint(index), Some(known)) => {
            known.year.names.viewpoints.entries().get(index).map(titled).unwrap_or_default()
        }
        (Meaning::Interviewer(index), Some(known)) => {
            known.year.names.interviewers.entries().get(index).map(titled).unwrap_or_default()
        }
        (Meaning::Goal(file, index), Some(known)) => {
            goal(known.year.city, file, index).map(|goal| about_goal(goal, lang)).unwrap_or_default()
        }
        (_, None) => String::new(),
    }
}

fn titled((id, title): &(String, String)) -> String {
    format!("**{}**\n\n`{id}`", markdown(title))
}

/// `- **name**: words`, where there are words.
fn line(text: &mut String, name: &str, words: &str) {
    if !words.trim().is_empty() {
        text.push_str(&format!("- **{name}**: {}\n", markdown(words)));
    }
}

/// An item or clause: the wording, who must answer and how, who does, what was amended.
pub(super) fn leaf(known: &Known<'_>, location: LeafLocation, lang: Lang) -> String {
    let year = &known.year;
    let (index, own) = match location {
        LeafLocation::Item(item) => (item, None),
        LeafLocation::Clause(leaf) => (year.leaves[leaf].item, Some(leaf)),
    };
    let entry = &year.items[index];
    let id = own.map_or(entry.item.id.value, |leaf| year.leaves[leaf].id);
    let mut text = format!("**{id} {}**", markdown(&entry.item.title()));
    let printed = printed_item(year, index);
    text.push_str(&format!("　{}\n\n", markdown(printed.split(' ').next().unwrap_or_default())));
    text.push_str(&format!("> {}\n\n", markdown(&wording(known, location))));
    let duties: Vec<&Duty> = own
        .and_then(|leaf| year.leaves[leaf].clause)
        .map(|clause| &clause.duty)
        .into_iter()
        .chain([&entry.item.duty])
        .collect();
    let leaves = own.map_or(entry.leaves.clone(), |leaf| leaf..leaf + 1);
    if let [first, ..] = &year.leaves[leaves.clone()] {
        let facts = first;
        line(&mut text, lang.pick("求められる部", "who must answer"), scope(facts.scope.id()).get(lang));
        let leads: Vec<&str> = facts.leads.iter().map(|lead| year.departments[*lead].name()).collect();
        line(&mut text, lang.pick("主担当", "leads"), &leads.join(lang.pick("、", ", ")));
        let way = ANSWERED_BY.iter().find(|choice| choice.id == facts.answered_by.id());
        line(&mut text, lang.pick("応え方", "answered by"), way.map(|way| way.name().get(lang)).unwrap_or_default());
    }
    for duty in duties {
        changes(&mut text, known, duty, lang);
    }
    let row = own.map_or(&known.coverage.items[index], |leaf| &known.coverage.leaves[leaf]);
    text.push('\n');
    states(&mut text, known, row, lang);
    if own.is_none() && leaves.len() > 1 {
        text.push('\n');
        for leaf in leaves {
            text.push_str(&format!("- `{}` {}\n", year.leaves[leaf].id, markdown(&year.words(leaf))));
        }
    }
    text
}

/// The memo's own words.
pub(super) fn wording(known: &Known<'_>, location: LeafLocation) -> String {
    match location {
        LeafLocation::Item(item) => known.year.items[item].item.text.as_ref().map(Text::joined).unwrap_or_default(),
        LeafLocation::Clause(leaf) => known.year.words(leaf),
    }
}

fn changes(text: &mut String, known: &Known<'_>, duty: &Duty, lang: Lang) {
    let on = |date| day(known.year.year.0, Day(date), lang);
    if let Some(amended) = &duty.amended {
        let since = amended.since.as_ref().map(|since| on(since.value)).unwrap_or_default();
        let words = lang.pick(format!("{since}から文言が改まりました"), format!("new wording since {since}"));
        line(text, lang.pick("改正", "amended"), &words);
        let was = amended.was.as_ref().map(Text::joined).unwrap_or_default();
        line(text, lang.pick("前の文言", "wording before"), &was);
    }
    for (name, date) in [(bi("追加", "added"), &duty.added), (bi("取りやめ", "withdrawn"), &duty.withdrawn)] {
        if let Some(date) = date {
            line(text, name.get(lang), &on(date.value));
        }
    }
}

/// Departments that are named in one line; the others are counted.
const NAMED: usize = 12;

/// `記載あり 9: 総務部（G1）、…`, one line a state.
fn states(text: &mut String, known: &Known<'_>, row: &Row, lang: Lang) {
    for state in
        [CellState::Answered, CellState::Partial, CellState::Missing, CellState::Declined, CellState::Unreadable]
    {
        let of_state = || row.cells.iter().enumerate().filter(move |(_, cell)| cell.state == state);
        let count = of_state().count();
        if count == 0 {
            continue;
        }
        let mut named: Vec<String> =
            of_state().take(NAMED).map(|(index, cell)| who(known, index, cell, lang)).collect();
        if count > NAMED {
            let left = count - NAMED;
            named.push(lang.pick(format!("ほか {left}"), format!("{left} more")));
        }
        line(text, &format!("{} {count}", state.name().get(lang)), &named.join(lang.pick("、", ", ")));
    }
}

fn who(known: &Known<'_>, index: usize, cell: &Cell, lang: Lang) -> String {
    let department = &known.year.departments[index];
    let goals = cell.goals.iter().filter_map(|goal| department.plan?.goals.get(goal));
    let mut by: Vec<&str> = goals.map(Goal::id).collect();
    if !cell.responses.is_empty() {
        by.push(lang.pick("部の方針", "response"));
    }
    if by.is_empty() {
        return department.name().to_owned();
    }
    let by = by.join(lang.pick("・", ", "));
    lang.pick(format!("{}（{by}）", department.name()), format!("{} ({by})", department.name()))
}

pub(super) fn about_field(field: &Field, lang: Lang) -> String {
    let must = if field.required { lang.pick("　必ず書きます", " (required)") } else { "" };
    let mut text = format!("**{}**　`{}`{must}\n\n{}\n", field.label, field.key, markdown(field.about.get(lang)));
    let mut kind = &field.kind;
    while let Kind::List(inner) = kind {
        kind = inner;
    }
    if let Kind::Choice(choices) = kind {
        text.push('\n');
        for choice in *choices {
            text.push_str(&format!("- `{}` {}\n", choice.id, choice.name().get(lang)));
        }
    }
    let example = crate::rules::fields::example(field);
    text.push_str(&format!("\n```yaml\n{example}\n```\n"));
    text
}

/// The page of a field, as `kpolicy explain` shows it.
pub(super) fn field_page(here: &Here<'_>, word: Span, field: &'static Field) -> String {
    let entry = way(here, word).map(|mut way| {
        way.push(field);
        Entry { kind: here.kind().unwrap_or(FileKind::Plan), way }
    });
    let Some(entry) = entry else { return about_field(field, here.lang) };
    let page = page(&entry, here.lang, usize::from(u16::MAX));
    let mut text = String::new();
    for line in page.lines() {
        // Its headings are `[…]`; an example is indented by four and stays as it is.
        let heading = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        match heading {
            Some(heading) => text.push_str(&format!("**{heading}**\n\n")),
            None if line.starts_with("    ") => text.push_str(&format!("{line}\n")),
            None if line.is_empty() => text.push('\n'),
            None => text.push_str(&format!("{}  \n", markdown(line))),
        }
    }
    text
}

/// The fields in which a word stands.
fn way(here: &Here<'_>, word: Span) -> Option<Vec<&'static Field>> {
    let cursor = cursor(&here.document.text, word.end as usize)?;
    let mut shape = here.kind()?.shape();
    let mut way = Vec::new();
    for step in &cursor.path {
        let Step::Field(name, _) = step else { continue };
        let field = shape.understood(name)?;
        way.push(field);
        match &field.kind {
            Kind::One(inner) | Kind::List(Kind::One(inner)) => shape = inner,
            _ => return None,
        }
    }
    Some(way)
}

fn about_choice(choice: &Choice, lang: Lang) -> String {
    format!("**{}**　`{}`", choice.name().get(lang), choice.id)
}

pub(super) fn about_rule(rule: &Rule, lang: Lang) -> String {
    format!("{}\n\n{}", rule_head(rule, lang), Page::parse(rule.page).text(lang))
}

/// The same without the examples, which are whole files.
pub(super) fn rule_in_short(rule: &Rule, lang: Lang) -> String {
    let page = Page::parse(rule.page);
    let bold = |line: &str| line.strip_prefix("### ").map_or_else(|| line.to_owned(), |head| format!("**{head}**"));
    let lines: Vec<String> = lang.pick(&page.ja, &page.en).trim().lines().map(bold).collect();
    format!("{}\n\n{}", rule_head(rule, lang), lines.join("\n"))
}

fn rule_head(rule: &Rule, lang: Lang) -> String {
    format!("**{} {}**（{}）", rule.code, rule.name, rule.level.name().get(lang))
}

/// A department or division: its name, how its plan stands, who counts on it.
fn about_unit(known: &Known<'_>, unit: Unit, lang: Lang) -> String {
    let year = &known.year;
    let mut text = format!("**{}**\n\n`{}`\n\n", markdown(&year.names.unit_title(unit)), year.names.unit_id(unit));
    let Some(judged) = year.judged(unit.department).filter(|_| unit.division.is_none()) else { return text };
    let department = &year.departments[judged];
    let counts = Summary::of_department(&known.coverage.leaves, judged);
    let state = match department.state {
        crate::city::PlanState::Ok => lang.pick("提出済み", "handed in"),
        crate::city::PlanState::Draft => lang.pick("下書き", "draft"),
        crate::city::PlanState::Missing => lang.pick("計画がありません", "no plan"),
        crate::city::PlanState::Unreadable => lang.pick("読取不可", "unreadable"),
    };
    line(&mut text, lang.pick("計画", "plan"), state);
    line(&mut text, lang.pick("記載", "answered"), &format!("{}/{}", counts.answered, counts.required));
    let goals: Vec<String> = department
        .plan
        .iter()
        .flat_map(|plan| &plan.goals)
        .map(|goal| format!("{} {}", goal.id(), goal.name()))
        .collect();
    line(&mut text, lang.pick("目標", "goals"), &goals.join(lang.pick("、", ", ")));
    text
}

fn reference(known: &Known<'_>, index: usize, node: Option<usize>, lang: Lang) -> String {
    let names = &known.year.names;
    let Some(entry) = names.references.entries().get(index) else { return String::new() };
    let Some(node) = node.and_then(|node| names.nodes.get(index)?.entries().get(node)) else {
        let mut text = titled(entry) + "\n\n";
        let owner = known.year.docs.references.references.get(index).and_then(|reference| reference.owner.as_ref());
        let owner = owner.and_then(|owner| names.unit_of(owner)).map(|unit| names.unit_title(unit)).unwrap_or_default();
        line(&mut text, lang.pick("所管", "in charge"), &owner);
        return text;
    };
    format!("**{}**　{}\n\n`{}`", markdown(&node.1), markdown(&entry.1), node.0)
}

/// A goal: its title, outcome, measures.
pub(super) fn about_goal(goal: &Goal, lang: Lang) -> String {
    let mut text = format!("**{} {}**\n\n", goal.id(), markdown(goal.name()));
    let outcome = goal.outcome.as_ref().map(Text::joined).unwrap_or_default();
    line(&mut text, lang.pick("成果", "outcome"), &outcome);
    let cites: Vec<String> = goal.cites.iter().map(|cite| cite.value.to_string()).collect();
    line(&mut text, lang.pick("応える項目", "answers"), &cites.join(lang.pick("、", ", ")));
    for measure in &goal.measures {
        let name = measure.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
        let points = [&measure.baseline, &measure.target]
            .map(|point| amount(point.as_ref(), measure.unit.as_ref()).unwrap_or_default());
        line(&mut text, lang.pick("指標", "measure"), &format!("{name} {} → {}", points[0], points[1]));
    }
    text
}
