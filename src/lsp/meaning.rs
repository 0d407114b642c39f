//! What the word at a cursor names: an item, a department, a goal, a field, ….

use crate::city::names::Unit;
use crate::city::{City, Doc, LeafLocation};
use crate::date::FiscalYear;
use crate::ids::{GoalRef, Read, read_cite, read_goal, read_goal_ref, read_leaf};
use crate::lsp::cursor::{Cursor, Step, Wanted, cursor, siblings};
use crate::lsp::session::Here;
use crate::lsp::site::Known;
use crate::model::{Goal, Subject};
use crate::place::{FileId, Place, Span};
use crate::rules::{Rule, rule};
use crate::shape::{Choice, Field, FileKind, Kind, Target};

/// What a word names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A field.
    Field(&'static Field),
    /// One of the words that a field allows.
    Choice(&'static Choice),
    /// An item or clause of a year's policy.
    Leaf(FiscalYear, LeafLocation),
    /// A department or division, by index.
    Unit(Unit),
    /// A registered plan, by index, and a part of it.
    Reference(usize, Option<usize>),
    /// A viewpoint, by index.
    Viewpoint(usize),
    /// An interviewer, by index.
    Interviewer(usize),
    /// A goal: the plan's file and its index there.
    Goal(FileId, usize),
    /// A rule.
    Rule(&'static Rule),
}

/// The word at a byte of the buffer, and what it names.
pub(super) fn meaning(here: &Here<'_>, known: Option<&Known<'_>>, at: usize) -> Option<(Meaning, Span)> {
    let text = &here.document.text;
    let cursor = cursor(text, at)?;
    let word = text.get(cursor.word.range())?.trim_matches(['"', '\'']);
    let named = match cursor.wanted(here.kind()?)? {
        Wanted::Field(shape) => Meaning::Field(shape.understood(word)?),
        Wanted::Named(target) => Reader { here, known: known?, cursor: &cursor }.target(target, word)?,
        Wanted::Value(kind) => value(here, known, &cursor, kind, word)?,
    };
    (!word.is_empty()).then_some((named, cursor.word))
}

/// What a value of some kind names.
fn value(
    here: &Here<'_>,
    known: Option<&Known<'_>>,
    cursor: &Cursor,
    kind: &'static Kind,
    word: &str,
) -> Option<Meaning> {
    if let Kind::Choice(choices) = kind {
        return choices.iter().find(|choice| choice.id == word || choice.ja.contains(&word)).map(Meaning::Choice);
    }
    Reader { here, known: known?, cursor }.value(kind, word)
}

struct Reader<'r, 's> {
    here: &'r Here<'s>,
    known: &'r Known<'s>,
    cursor: &'r Cursor,
}

impl Reader<'_, '_> {
    fn value(&self, kind: &Kind, word: &str) -> Option<Meaning> {
        match kind {
            Kind::List(inner) => self.value(inner, word),
            Kind::ItemId | Kind::ClauseId => self.leaf(self.known.year.year, taken(read_leaf(word))?),
            Kind::Cite => self.cite(word),
            Kind::Subject => match taken(Subject::read(word))? {
                Subject::Cite(_) => self.cite(word),
                Subject::Goal(goal) => self.goal(&goal),
            },
            Kind::GoalId => {
                let goal = taken(read_goal(word))?;
                self.goal(&GoalRef { year: None, department: None, goal })
            }
            Kind::Name => self.own_name(word),
            Kind::Ref(target) => self.target(*target, word),
            _ => None,
        }
    }

    fn target(&self, target: Target, word: &str) -> Option<Meaning> {
        let names = &self.known.year.names;
        match target {
            Target::Department | Target::Unit => names.unit(word).found().map(Meaning::Unit),
            Target::OwnDivision => {
                let department = self.department()?;
                let division = names.division(department, word).found()?;
                Some(Meaning::Unit(Unit { department, division: Some(division) }))
            }
            Target::Reference => names.references.resolve(word).found().map(|index| Meaning::Reference(index, None)),
            Target::Node => {
                let index = self.reference_beside()?;
                let node = names.nodes.get(index)?.resolve(word).found()?;
                Some(Meaning::Reference(index, Some(node)))
            }
            Target::Viewpoint => names.viewpoints.resolve(word).found().map(Meaning::Viewpoint),
            Target::Interviewer => names.interviewers.resolve(word).found().map(Meaning::Interviewer),
            Target::Rule => rule(word).map(Meaning::Rule),
            Target::OwnGoal | Target::PastGoal | Target::OthersGoal => self.goal(&taken(read_goal_ref(word))?),
            Target::Period | Target::Rating | Target::Measure => None,
        }
    }

    fn cite(&self, word: &str) -> Option<Meaning> {
        let cite = taken(read_cite(word))?;
        self.leaf(cite.year.unwrap_or(self.known.year.year), cite.leaf)
    }

    fn leaf(&self, year: FiscalYear, leaf: crate::ids::LeafId) -> Option<Meaning> {
        let location = if year == self.known.year.year {
            self.known.year.locate(leaf)
        } else {
            self.here.site.known(year)?.year.locate(leaf)
        };
        location.map(|location| Meaning::Leaf(year, location))
    }

    fn goal(&self, goal: &GoalRef) -> Option<Meaning> {
        let year = goal.year.unwrap_or(self.known.year.year);
        let city = self.known.year.city;
        let own = self.here.file().role.department.as_deref();
        let department = goal.department.as_deref().or(own)?;
        let file = *city.years.get(&year)?.plans.get(department)?;
        let index = city.file(file).plan()?.goals.iter().position(|other| goal.goal == other.id())?;
        Some(Meaning::Goal(file, index))
    }

    /// What an `id` of one's own is: told by the list in which it stands.
    fn own_name(&self, word: &str) -> Option<Meaning> {
        let names = &self.known.year.names;
        let list = self.cursor.path.iter().rev().filter_map(|step| match step {
            Step::Field(name, _) => Some(name.as_str()),
            Step::Entry(_) => None,
        });
        match list.into_iter().nth(1)? {
            "departments" => {
                names.department(word).found().map(|department| Meaning::Unit(Unit { department, division: None }))
            }
            "divisions" => {
                let department = self.holder(|city, at| self.department_at(city, at))?;
                let division = names.division(department, word).found()?;
                Some(Meaning::Unit(Unit { department, division: Some(division) }))
            }
            "references" => names.references.resolve(word).found().map(|index| Meaning::Reference(index, None)),
            "nodes" => {
                let index = self.holder(|city, at| reference_at(city, self.here.id, at))?;
                let node = names.nodes.get(index)?.resolve(word).found()?;
                Some(Meaning::Reference(index, Some(node)))
            }
            "viewpoints" => names.viewpoints.resolve(word).found().map(Meaning::Viewpoint),
            "interviewers" => names.interviewers.resolve(word).found().map(Meaning::Interviewer),
            _ => None,
        }
    }

    fn holder(&self, find: impl Fn(&City, u32) -> Option<usize>) -> Option<usize> {
        find(&self.here.site.city, self.cursor.word.start)
    }

    fn department_at(&self, city: &City, at: u32) -> Option<usize> {
        let Doc::Organization(organization) = &city.file(self.here.id).doc else { return None };
        organization.departments.iter().rposition(|department| department.id.span.start <= at)
    }

    /// The department whose divisions are meant here: a plan's own, a slot's.
    fn department(&self) -> Option<usize> {
        department_here(self.here, self.known, self.cursor)
    }

    fn reference_beside(&self) -> Option<usize> {
        reference_beside(self.here, self.known, self.cursor)
    }
}

fn reference_at(city: &City, id: FileId, at: u32) -> Option<usize> {
    let Doc::References(references) = &city.file(id).doc else { return None };
    references.references.iter().rposition(|reference| reference.id.span.start <= at)
}

/// The department whose divisions are meant at a cursor: a plan's own, a slot's.
pub(super) fn department_here(here: &Here<'_>, known: &Known<'_>, cursor: &Cursor) -> Option<usize> {
    let names = &known.year.names;
    if here.kind() == Some(FileKind::Plan) {
        return names.department(here.file().role.department.as_deref()?).found();
    }
    let beside = siblings(&here.document.text, cursor);
    let named = beside.into_iter().find(|field| field.name == "department" || field.name == "部")?;
    names.unit(named.value.trim_matches(['"', '\''])).found().map(|unit| unit.department)
}

/// The registered plan that is named beside a cursor.
pub(super) fn reference_beside(here: &Here<'_>, known: &Known<'_>, cursor: &Cursor) -> Option<usize> {
    let beside = siblings(&here.document.text, cursor);
    let named = beside.into_iter().find(|field| field.name == "id" || field.name == "計画")?;
    known.year.names.references.resolve(named.value.trim_matches(['"', '\''])).found()
}

fn taken<T>(read: Read<T>) -> Option<T> {
    match read {
        Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => Some(id),
        Read::Malformed => None,
    }
}

impl Meaning {
    /// Where the named thing is written down.
    pub(super) fn place(self, known: &Known<'_>, other: Option<&Known<'_>>) -> Option<Place> {
        let year = &known.year;
        match self {
            Meaning::Leaf(number, location) => {
                let year = if number == year.year { year } else { &other?.year };
                let span = match location {
                    LeafLocation::Item(item) => year.items.get(item)?.item.id.span,
                    LeafLocation::Clause(leaf) => year.leaves.get(leaf)?.span,
                };
                Some(year.policy_file.at(span))
            }
            Meaning::Unit(unit) => {
                let department = year.docs.organization.departments.get(unit.department)?;
                let span = match unit.division {
                    Some(division) => department.divisions.get(division)?.id.span,
                    None => department.id.span,
                };
                Some(year.organization_file.at(span))
            }
            Meaning::Reference(index, node) => {
                let reference = year.docs.references.references.get(index)?;
                let span = match node {
                    Some(node) => reference.nodes.get(node)?.id.span,
                    None => reference.id.span,
                };
                Some(year.files.references?.at(span))
            }
            Meaning::Viewpoint(index) => Some(year.policy_file.at(year.docs.policy.viewpoints.get(index)?.id.span)),
            Meaning::Interviewer(index) => {
                Some(year.organization_file.at(year.docs.organization.interviewers.get(index)?.id.span))
            }
            Meaning::Goal(file, index) => {
                let goal = goal(year.city, file, index)?;
                Some(file.at(goal.id.as_ref().map_or(goal.span, |id| id.span)))
            }
            Meaning::Field(_) | Meaning::Choice(_) | Meaning::Rule(_) => None,
        }
    }
}

/// A goal of a plan.
pub(super) fn goal(city: &City, file: FileId, index: usize) -> Option<&Goal> {
    city.file(file).plan()?.goals.get(index)
}
