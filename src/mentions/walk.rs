//! The walk over all files of all years, by the tables of `shape`.

use crate::city::City;
use crate::date::FiscalYear;
use crate::ids::{self, Read};
use crate::mentions::lookup::{Lookup, files_of};
use crate::mentions::{Mention, Named, Part, Role};
use crate::model::{Subject, has_placeholder, is_number_like};
use crate::place::{FileId, Span};
use crate::shape::{FileKind, Kind, Shape, Target};
use crate::source::{Kind as NodeKind, NodeId, Style, Tree, apply, parse, read};

/// Every place of the city that gives something its id, or names it, in file order. Of a file that
/// cannot be read as a whole, the readable parts.
pub fn mentions(city: &City) -> Vec<Mention> {
    let lookups: Vec<Lookup> = city.years.keys().map(|year| Lookup::new(city, *year)).collect();
    let mut found = Vec::new();
    for (lookup, files) in lookups.iter().zip(city.years.values()) {
        for file in files_of(files) {
            of_file(city, &lookups, lookup, file, &mut found);
        }
    }
    found.sort_by_key(|mention| mention.place);
    found
}

fn of_file(city: &City, lookups: &[Lookup], own: &Lookup, id: FileId, found: &mut Vec<Mention>) {
    let file = city.file(id);
    let Some(kind) = file.role.kind else { return };
    let department = file.role.department.clone().unwrap_or_default();
    let department = department.as_str();
    let mut each = |tree: &Tree<'_>| {
        let Some(root) = tree.root() else { return };
        let mut walk = Walk { tree, text: &file.text, id, kind, department, own, lookups, found: &mut *found };
        walk.object(kind.shape(), root, "", None);
    };
    // A file without any slip needs no second look at its lines.
    if file.is_readable() && file.faults.is_empty() {
        each(&parse(&file.text, 0, &apply(&file.text, &[])).tree);
    } else {
        read(&file.text, kind.vocabulary(), &mut Vec::new(), &mut |tree, _| each(tree));
    }
}

struct Walk<'w> {
    tree: &'w Tree<'w>,
    text: &'w str,
    id: FileId,
    kind: FileKind,
    /// Of a plan, its department.
    department: &'w str,
    own: &'w Lookup,
    lookups: &'w [Lookup],
    found: &'w mut Vec<Mention>,
}

/// The object in which a value stands.
#[derive(Clone, Copy)]
struct Holder<'w> {
    shape: &'static Shape,
    node: NodeId,
    /// The field that holds the object.
    list: &'w str,
    /// The id of the object around it.
    outer: Option<&'w str>,
}

impl<'w> Walk<'w> {
    fn object(&mut self, shape: &'static Shape, node: NodeId, list: &str, outer: Option<&str>) {
        let tree = self.tree;
        let NodeKind::Map(fields) = &tree.node(node).kind else { return };
        for (key, value) in fields {
            let Some(field) = tree.text(*key).and_then(|word| shape.understood(word)) else { continue };
            self.value(&field.kind, *value, field.key, Holder { shape, node, list, outer });
        }
    }

    fn value(&mut self, kind: &'static Kind, node: NodeId, key: &str, holder: Holder<'_>) {
        let tree = self.tree;
        match kind {
            Kind::List(inner) => {
                if let NodeKind::List(entries) = &tree.node(node).kind {
                    entries.iter().for_each(|entry| self.value(inner, *entry, key, holder));
                }
            }
            Kind::One(shape) => {
                let outer = self.sibling(holder, "id").map(|node| tree.text(node).unwrap_or_default().trim());
                self.object(shape, node, key, outer);
            }
            Kind::Map(Some(target), _) => {
                if let NodeKind::Map(fields) = &tree.node(node).kind {
                    fields.iter().for_each(|(name, _)| self.word(&Kind::Ref(*target), *name, key, holder));
                }
            }
            _ => self.word(kind, node, key, holder),
        }
    }

    /// The value of a field beside, under its name or its label.
    fn sibling(&self, holder: Holder<'_>, key: &str) -> Option<NodeId> {
        let NodeKind::Map(fields) = &self.tree.node(holder.node).kind else { return None };
        let is = |word: &str| holder.shape.understood(word).is_some_and(|field| field.key == key);
        fields.iter().find(|(name, _)| self.tree.text(*name).is_some_and(is)).map(|(_, value)| *value)
    }

    fn sibling_text(&self, holder: Holder<'_>, key: &str) -> Option<&'w str> {
        let node = self.sibling(holder, key)?;
        self.tree.text(node).map(str::trim)
    }

    fn word(&mut self, kind: &Kind, node: NodeId, key: &str, holder: Holder<'_>) {
        let NodeKind::Scalar { text, style } = &self.tree.node(node).kind else { return };
        let text = text.trim();
        if text.is_empty() || has_placeholder(text) {
            return;
        }
        // `1.6` is read as 1-6 by the decoder, too.
        let number = *style == Style::Plain && is_number_like(text);
        let meant = if number { text.replace('.', "-") } else { text.to_owned() };
        let own = self.own.year;
        let (role, year, named) = match kind {
            Kind::ItemId | Kind::ClauseId => (Role::Definition, own, leaf(&meant)),
            Kind::GoalId if holder.list == "goals" => (Role::Definition, own, self.own_goal(&meant)),
            Kind::Name => (Role::Definition, own, self.definition(text, holder)),
            Kind::Cite => return self.cite(&meant, node, text),
            Kind::Subject => return self.subject(&meant, node, text),
            Kind::Ref(target) => return self.reference(*target, node, text, key, holder),
            _ => return,
        };
        if let Some(named) = named {
            self.push(node, text, role, year, named);
        }
    }

    fn definition(&self, text: &str, holder: Holder<'_>) -> Option<Named> {
        if !ids::is_name(text) {
            return None;
        }
        let part = Part { id: text.to_owned(), written: text.to_owned(), by_title: false };
        let outer = holder.outer.map(str::to_owned);
        Some(match (self.kind, holder.list) {
            (FileKind::Policy, "viewpoints") => Named::Viewpoint(part),
            (FileKind::Organization, "interviewers") => Named::Interviewer(part),
            (FileKind::Organization, "departments") => {
                Named::Unit { ids: (text.to_owned(), None), department: Some(part), division: None }
            }
            (FileKind::Organization, "divisions") => Named::Division { department: outer?, division: part },
            (FileKind::References, "references") => Named::Reference(part),
            (FileKind::References, "nodes") => Named::Node { reference: outer?, node: part },
            _ => return None,
        })
    }

    fn own_goal(&self, text: &str) -> Option<Named> {
        let goal = match ids::read_goal(text) {
            Read::Exact(goal) | Read::Spelled(goal) | Read::Wrapped(goal) => goal,
            Read::Malformed => return None,
        };
        let own = self.department.to_owned();
        Some(Named::Goal { year: None, spelled: false, department: own.clone(), goal: goal.to_string(), own })
    }

    fn cite(&mut self, meant: &str, node: NodeId, text: &str) {
        let (Read::Exact(cite) | Read::Spelled(cite) | Read::Wrapped(cite)) = ids::read_cite(meant) else { return };
        let named = Named::Leaf { year: cite.year, leaf: cite.leaf };
        self.push(node, text, Role::Use, cite.year.unwrap_or(self.own.year), named);
    }

    fn subject(&mut self, meant: &str, node: NodeId, text: &str) {
        match Subject::read(meant) {
            Read::Exact(Subject::Goal(_)) | Read::Spelled(Subject::Goal(_)) | Read::Wrapped(Subject::Goal(_)) => {
                self.goal(text, node);
            }
            _ => self.cite(meant, node, text),
        }
    }

    fn goal(&mut self, text: &str, node: NodeId) {
        let (Read::Exact(goal) | Read::Spelled(goal) | Read::Wrapped(goal)) = ids::read_goal_ref(text) else { return };
        let own = self.department.to_owned();
        let spelled = goal.department.is_some();
        let department = goal.department.map_or_else(|| own.clone(), String::from);
        let named = Named::Goal { year: goal.year, spelled, department, goal: goal.goal.to_string(), own };
        self.push(node, text, Role::Use, goal.year.unwrap_or(self.own.year), named);
    }

    fn reference(&mut self, target: Target, node: NodeId, text: &str, key: &str, holder: Holder<'_>) {
        let own = self.own;
        let named = match target {
            Target::Unit if key == "predecessors" => return self.predecessor(node, text),
            Target::Unit => own.unit(text),
            Target::Department => own.department(text).map(|part| Named::Unit {
                ids: (part.id.clone(), None),
                department: Some(part),
                division: None,
            }),
            Target::OwnDivision => match self.sibling_text(holder, "department") {
                Some(department) => own.department(department).and_then(|owner| own.division(&owner.id, text)),
                None => own.division(self.department, text),
            },
            Target::Reference => own.reference(text).map(Named::Reference),
            Target::Node => self.sibling_text(holder, "id").and_then(|id| own.reference(id)).and_then(|reference| {
                Some(Named::Node { node: own.node(&reference.id, text)?, reference: reference.id })
            }),
            Target::Viewpoint => own.viewpoint(text).map(Named::Viewpoint),
            Target::Interviewer => own.interviewer(text).map(Named::Interviewer),
            Target::OwnGoal | Target::PastGoal | Target::OthersGoal => return self.goal(text, node),
            Target::Period | Target::Rating | Target::Measure | Target::Rule => None,
        };
        if let Some(named) = named {
            self.push(node, text, Role::Use, own.year, named);
        }
    }

    /// A unit of the newest earlier year that has it, else of the newest earlier year.
    fn predecessor(&mut self, node: NodeId, text: &str) {
        let mut earlier = self.lookups.iter().rev().filter(|lookup| lookup.year < self.own.year);
        let newest = earlier.clone().next();
        let Some(lookup) = earlier.find(|lookup| lookup.has_unit(text)).or(newest) else { return };
        if let Some(named) = lookup.unit(text) {
            self.push(node, text, Role::Use, lookup.year, named);
        }
    }

    fn push(&mut self, node: NodeId, text: &str, role: Role, year: FiscalYear, named: Named) {
        let span = inside(self.text, self.tree.span(node), text);
        self.found.push(Mention { place: self.id.at(span), file_year: self.own.year, year, role, named });
    }
}

fn leaf(text: &str) -> Option<Named> {
    match ids::read_leaf(text) {
        Read::Exact(leaf) | Read::Spelled(leaf) | Read::Wrapped(leaf) => Some(Named::Leaf { year: None, leaf }),
        Read::Malformed => None,
    }
}

/// The bytes of a value without its quotes; of one that is written with escapes, all between them.
fn inside(source: &str, span: Span, text: &str) -> Span {
    let slice = source.get(span.range()).unwrap_or_default();
    let start = span.start as usize;
    if let Some(at) = slice.find(text) {
        return Span::new(start + at, start + at + text.len());
    }
    let quoted = slice.len() >= 2 && slice.starts_with(['"', '\'']);
    if quoted { Span::new(start + 1, start + slice.len() - 1) } else { span }
}
