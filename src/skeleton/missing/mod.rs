//! What a begun plan lacks, written where it belongs.

mod goal;

use crate::city::CityFile;
use crate::city::year::Year;
use crate::coverage::{Coverage, HandedOver, SpokenOf, newcomers};
use crate::edit::Value;
use crate::lang::Say;
use crate::links::Links;
use crate::model::{Plan, ShapeFault, Text};
use crate::say;
use crate::skeleton::goals::{self, free_id};
use crate::skeleton::memo::asked_title;
use crate::skeleton::owed::Owed;
use crate::skeleton::place::{Spot, Writer};
use crate::skeleton::{Carried, entries};

/// A plan with what it lacked.
#[derive(Debug)]
pub struct Added {
    /// The new text; the old one where nothing was lacking.
    pub text: String,
    /// What was written.
    pub written: Vec<Say>,
    /// What is lacking, but stands where nothing can be inserted.
    pub left: Vec<Say>,
}

/// A plan to be completed.
struct Job<'j> {
    year: &'j Year<'j>,
    links: &'j Links,
    department: usize,
    owed: Owed,
    plan: &'j Plan,
    file: &'j CityFile,
}

/// Writes a place for everything that a plan still owes; none where it cannot be read as it stands.
/// No character that stands there is changed.
pub fn add_missing(
    year: &Year<'_>,
    links: &Links,
    coverage: &Coverage,
    department: usize,
    carried: &[Carried<'_>],
) -> Option<Added> {
    let dept = &year.departments[department];
    let (plan, file) = (dept.plan?, year.city.file(dept.file?));
    if file.shape_faults.iter().any(hides) {
        return None;
    }
    let owed = Owed::new(year, coverage, department);
    let job = Job { year, links, department, owed, plan, file };
    let (mut writer, root) = Writer::open(&file.text)?;
    job.head(&mut writer, root);
    job.reviews(&mut writer, root);
    job.learnt(&mut writer, root);
    job.responses(&mut writer, root);
    job.handover(&mut writer, root);
    job.goals(&mut writer, root, carried);
    let (text, written, left) = writer.finish()?;
    Some(Added { text, written, left })
}

/// True for a slip that may hide what seems to be lacking.
fn hides(fault: &ShapeFault) -> bool {
    use crate::model::ShapeFaultKind::{CutByComma, TwiceNamed, UnknownField};
    matches!(fault.kind, UnknownField { .. } | TwiceNamed { .. } | CutByComma { .. })
}

/// True where a text says nothing and does not even ask for words.
fn is_blank(text: &Option<Text>) -> bool {
    text.is_none()
}

impl Job<'_> {
    fn head(&self, writer: &mut Writer<'_>, root: Spot) {
        let unit = self.year.departments[self.department].unit;
        if self.plan.status.is_none() {
            let status = Value::word("draft").remark("書き終えたら submitted に変えます");
            writer.field(root, "status", status, say!("計画の状態（status）", "the plan's status"));
        }
        if self.plan.signers.is_empty() {
            let signers = entries::signers(unit, self.owed.handover);
            writer.field(root, "signers", signers, say!("署名する者（signers）", "who signs it (signers)"));
        }
        if is_blank(&self.plan.direction) {
            writer.field(root, "direction", entries::direction(), say!("運営方針（direction）", "the direction"));
        }
    }

    /// An entry for each goal that none speaks of.
    fn reviews(&self, writer: &mut Writer<'_>, root: Spot) {
        if !self.owed.review {
            return;
        }
        let id = self.year.departments[self.department].id();
        let spoken = SpokenOf::new(self.year, id, self.plan.review.iter());
        for goal in self.plan.goals.iter().filter(|goal| !goal.id().is_empty() && !spoken.holds(goal)) {
            self.review_of(writer, root, goal.id());
        }
        for (index, entry) in self.plan.review.iter().enumerate().filter(|_| self.owed.review_open) {
            let Some(spot) = writer.entry(root, "review", index) else { continue };
            let number = index + 1;
            let missing = [("status", &entry.status), ("analysis", &entry.analysis)];
            for (key, value) in entries::review_words() {
                if missing.iter().any(|(other, text)| *other == key && is_blank(text)) {
                    let what = say!("検証・分析 {number}件目の {key}", "{key} of review {number}");
                    writer.field(spot, key, value, what);
                }
            }
        }
    }

    fn review_of(&self, writer: &mut Writer<'_>, root: Spot, goal: &str) {
        if self.owed.review {
            let what = say!("目標 {goal} の検証・分析（review）", "a review of goal {goal}");
            writer.push(root, "review", entries::review_of_goal(goal), what);
        }
    }

    /// Information and reform: an entry where none is complete, or what the first one lacks.
    fn learnt(&self, writer: &mut Writer<'_>, root: Spot) {
        if self.owed.information {
            let first =
                self.plan.information.first().map(|entry| vec![("source", &entry.source), ("finding", &entry.finding)]);
            let what = say!("情報収集（information）", "information");
            complete(writer, root, "information", first, entries::information(), &what);
        }
        if self.owed.reform {
            let first = self.plan.reform.first();
            let first =
                first.map(|entry| vec![("what", &entry.what), ("before", &entry.before), ("after", &entry.after)]);
            let what = say!("業務改革（reform）", "reform");
            complete(writer, root, "reform", first, entries::reform(), &what);
        }
    }

    fn responses(&self, writer: &mut Writer<'_>, root: Spot) {
        for asked in &self.owed.responses {
            // An answer that is there, but stale or without words, is looked at by people.
            let cited = |response: &Vec<crate::links::Target>| {
                asked.leaves.iter().all(|leaf| response.iter().any(|target| target.meets(self.year, *leaf)))
            };
            let links = &self.links.plans[self.department];
            if links.responses.iter().any(cited) || links.goals.iter().any(|goal| cited(&goal.cites)) {
                continue;
            }
            let title = asked_title(self.year, asked);
            let what = say!("項目 {title} への部の方針（responses）", "a response to {title}");
            writer.push(root, "responses", entries::response(self.year, asked), what);
        }
    }

    /// A record for each head who came with this year.
    fn handover(&self, writer: &mut Writer<'_>, root: Spot) {
        if !self.owed.handover {
            return;
        }
        let complete = HandedOver::new(self.plan);
        let mut posts: Vec<&str> = Vec::new();
        for signer in newcomers(self.year, self.plan).filter(|signer| !complete.holds(signer)) {
            let Some(post) = signer.post.as_ref().and_then(Text::says) else { continue };
            let begun =
                self.plan.handover.iter().any(|record| record.post.as_ref().is_some_and(|text| text.value == post));
            if !begun && !posts.contains(&post) {
                posts.push(post);
                let what = say!("{post}の事務引継ぎ（handover）", "the handover of {post}");
                writer.push(root, "handover", entries::handover(post), what);
            }
        }
    }

    fn goals(&self, writer: &mut Writer<'_>, root: Spot, carried: &[Carried<'_>]) {
        if self.plan.goals.is_empty() {
            let (goals, fresh) = goals::new(self.year, self.department, &self.owed, carried);
            fresh.iter().for_each(|id| self.review_of(writer, root, id));
            for (index, goal) in goals.into_iter().enumerate() {
                let number = index + 1;
                writer.push(root, "goals", goal, say!("目標 {number}件目（goals）", "goal {number}"));
            }
            return;
        }
        for (index, goal) in self.plan.goals.iter().enumerate() {
            if let Some(spot) = writer.entry(root, "goals", index) {
                self.goal(writer, spot, index, goal);
            }
        }
        // A goal that does not yet say what it answers may still answer all of it.
        let undecided =
            self.plan.goals.iter().any(|goal| goal.cites_key.is_none() || self.to_write_after(goal.cites_key));
        if !self.owed.goals.is_empty() && !undecided {
            let taken = |id: &str| self.plan.goals.iter().any(|goal| goal.id() == id);
            let id = free_id(self.plan.goals.len() + 1, taken);
            let goal = goals::fresh_goal(self.year, self.department, &self.owed, &self.owed.goals, &id);
            let what = match self.owed.goals.as_slice() {
                [asked] => {
                    let title = asked_title(self.year, asked);
                    say!("目標 {id}（項目 {title} に応えるもの）", "goal {id}, for {title}")
                }
                many => {
                    let count = many.len();
                    say!(
                        "目標 {id}（目標で応える {count}項目のうち、どれかに応えるもの）",
                        "goal {id}, for {count} items that a goal answers"
                    )
                }
            };
            writer.push(root, "goals", goal, what);
            self.review_of(writer, root, &id);
        }
    }
}

/// The fields of an entry that must say something, by name.
type Parts<'p> = Vec<(&'static str, &'p Option<Text>)>;

/// An entry where there is none; else the fields that the first one lacks.
fn complete(writer: &mut Writer<'_>, root: Spot, key: &str, first: Option<Parts<'_>>, entry: Value, what: &Say) {
    let Some(parts) = first else {
        return writer.push(root, key, entry, what.clone());
    };
    let (Some(spot), Value::Map(fields)) = (writer.entry(root, key, 0), entry) else {
        return writer.left.push(what.clone());
    };
    for (name, value) in fields {
        if parts.iter().any(|(part, text)| *part == name && is_blank(text)) {
            let Say { ja, en } = what.clone();
            writer.field(spot, &name, value, say!("{ja}の {name}", "{name} of {en}"));
        }
    }
}
