//! The decoder: from nodes to values, by the tables of `shape`.
//!
//! An object's fields are matched to its table once ([`Decoder::object`]); each getter then reads
//! one field, reports what does not fit its kind, and returns what could be understood.

use crate::date::{Date, DateTime, MonthDay};
use crate::ids::{self, Cite, GoalRef, LeafId, Read};
use crate::model::numberlike::{is_canonical_number, is_null, is_number_like};
use crate::model::values::{Name, Text, Val, has_placeholder};
use crate::model::{Found, ShapeFault, ShapeFaultKind, Subject};
use crate::place::Span;
use crate::shape::{Choice, Field, Kind, Shape, Target};
use crate::source::{Kind as NodeKind, NodeId, Style, Tree};

/// Decodes one tree and gathers its faults.
pub struct Decoder<'t> {
    tree: &'t Tree<'t>,
    source: &'t str,
    /// One block of a file that does not parse as a whole: other fields are unknown, not missing.
    part: bool,
    holder: Option<Span>,
    faults: Vec<ShapeFault>,
}

/// An object whose fields were matched to its shape.
pub struct Object {
    /// The object's place.
    pub span: Span,
    shape: &'static Shape,
    slots: Vec<Option<NodeId>>,
    keys: Vec<Span>,
}

impl Object {
    /// The place of a field's name, where the field is there.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        let at = self.shape.fields.iter().position(|field| field.key == key)?;
        self.slots[at].map(|_| self.keys[at])
    }
}

impl<'t> Decoder<'t> {
    /// A decoder of `tree`, which was read from `source`.
    pub fn new(tree: &'t Tree<'t>, source: &'t str, part: bool) -> Decoder<'t> {
        Decoder { tree, source, part, holder: None, faults: Vec::new() }
    }

    /// The root object.
    pub fn root(&mut self, shape: &'static Shape) -> Object {
        match self.tree.root() {
            Some(root) if !matches!(self.tree.node(root).kind, NodeKind::Blank) => {
                self.object_at(root, shape, true).unwrap_or_else(|| empty(shape, self.tree.span(root)))
            }
            _ => {
                let object = empty(shape, Span::at(0));
                self.require(&object, true);
                object
            }
        }
    }

    /// The faults found, in file order, with those of comments.
    pub fn finish(mut self) -> Vec<ShapeFault> {
        for (span, text) in self.tree.comments() {
            if text.contains("（確認）") {
                self.faults.push(ShapeFault { span, kind: ShapeFaultKind::Unconfirmed, holder: None });
            }
        }
        self.faults.sort_by_key(|fault| fault.span);
        self.faults
    }

    /// Marks what people know the following faults by, until [`Decoder::release`].
    pub fn hold(&mut self, span: Option<Span>) {
        self.holder = span;
    }

    /// Ends a [`Decoder::hold`].
    pub fn release(&mut self) {
        self.holder = None;
    }

    fn fault(&mut self, span: Span, kind: ShapeFaultKind) {
        self.faults.push(ShapeFault { span, kind, holder: self.holder });
    }

    /// Matches the fields of a map to `shape`.
    fn object_at(&mut self, node: NodeId, shape: &'static Shape, top: bool) -> Option<Object> {
        let tree = self.tree;
        let span = tree.span(node);
        let mut object = empty(shape, span);
        match &tree.node(node).kind {
            NodeKind::Blank => {}
            NodeKind::Map(fields) => {
                for (key, value) in fields {
                    self.match_field(&mut object, *key, *value);
                }
            }
            other => {
                let found = if matches!(other, NodeKind::List(_)) { Found::List } else { Found::Value };
                self.wrong_object(span, shape, found, tree.text(node));
                return None;
            }
        }
        self.require(&object, top);
        Some(object)
    }

    fn wrong_object(&mut self, span: Span, shape: &'static Shape, found: Found, text: Option<&str>) {
        if text.is_some_and(has_placeholder) {
            self.fault(span, ShapeFaultKind::Placeholder);
        } else {
            self.fault(span, ShapeFaultKind::WrongType { want: object_kind(shape), found });
        }
    }

    fn match_field(&mut self, object: &mut Object, key: NodeId, value: NodeId) {
        let span = self.tree.span(key);
        let word = self.tree.text(key).unwrap_or_default().to_owned();
        let Some(field) = object.shape.understood(&word) else {
            return self.fault(span, ShapeFaultKind::UnknownField { word, shape: object.shape });
        };
        let Some(at) = object.shape.fields.iter().position(|other| other.key == field.key) else { return };
        if object.slots[at].is_some() {
            // The tree reports the same name twice; here the two have different names.
            let first = object.keys[at];
            if self.source.get(first.range()) != self.source.get(span.range()) {
                self.fault(span, ShapeFaultKind::TwiceNamed { key: field.key, first });
            }
            return;
        }
        if field.key != word {
            self.fault(span, ShapeFaultKind::Spelling { found: word, want: field.key.to_owned() });
        }
        object.slots[at] = Some(value);
        object.keys[at] = span;
    }

    fn require(&mut self, object: &Object, top: bool) {
        if top && self.part {
            return;
        }
        for (at, field) in object.shape.fields.iter().enumerate() {
            if field.required && object.slots[at].is_none_or(|value| self.is_blank(value)) {
                let span = object.slots[at].map_or_else(|| self.handle(object), |_| object.keys[at]);
                self.fault(span, ShapeFaultKind::MissingField { field, shape: object.shape, top });
            }
        }
    }

    /// What people know an object by: its id, title, name or first field.
    fn handle(&self, object: &Object) -> Span {
        let known = ["id", "title", "name", "what"].iter().find_map(|key| {
            let at = object.shape.fields.iter().position(|field| field.key == *key)?;
            object.slots[at].filter(|value| !self.is_blank(*value)).map(|value| self.tree.span(value))
        });
        let first = object.slots.iter().zip(&object.keys).filter(|(slot, _)| slot.is_some()).map(|(_, key)| *key).min();
        known.or(first).unwrap_or(Span::at(object.span.start as usize))
    }

    fn is_blank(&self, node: NodeId) -> bool {
        match &self.tree.node(node).kind {
            NodeKind::Blank => true,
            NodeKind::Scalar { text, style } => text.trim().is_empty() || (*style == Style::Plain && is_null(text)),
            NodeKind::List(children) => children.is_empty(),
            NodeKind::Map(_) => false,
        }
    }

    /// The field and its node, unless absent or blank.
    fn slot(&self, object: &Object, key: &str) -> Option<(&'static Field, NodeId)> {
        let at = object.shape.fields.iter().position(|field| field.key == key);
        debug_assert!(at.is_some(), "no field {key} in {}", object.shape.title.en);
        let value = object.slots[at?]?;
        let blank = match &self.tree.node(value).kind {
            // `~` in a text is K107 although it is as if absent.
            NodeKind::Scalar { text, style } => text.trim().is_empty() && *style != Style::Plain,
            NodeKind::Blank => true,
            _ => false,
        };
        (!blank).then_some((&object.shape.fields[at?], value))
    }

    /// The scalar of a node, or a report that something else is there.
    fn scalar(&mut self, node: NodeId, want: &'static Kind) -> Option<(&'t str, Style, Span)> {
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::Scalar { text, style } => Some((text.as_ref(), *style, span)),
            NodeKind::Blank => None,
            NodeKind::List(_) => {
                self.fault(span, ShapeFaultKind::WrongType { want, found: Found::List });
                None
            }
            NodeKind::Map(_) => {
                self.fault(span, ShapeFaultKind::WrongType { want, found: Found::Fields });
                None
            }
        }
    }

    /// A scalar that is meant: no null, no placeholder, no number-like text.
    fn word(&mut self, node: NodeId, want: &'static Kind) -> Option<(&'t str, Style, Span)> {
        let (text, style, span) = self.scalar(node, want)?;
        if text.trim().is_empty() || (style == Style::Plain && is_null(text)) {
            return None;
        }
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        if style == Style::Plain && is_number_like(text) {
            self.fault(span, ShapeFaultKind::NumberLike { text: text.to_owned(), instead: format!("\"{text}\"") });
            return None;
        }
        Some((text.trim(), style, span))
    }

    fn text_at(&mut self, node: NodeId, want: &'static Kind) -> Option<Text> {
        let (text, style, span) = self.scalar(node, want)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
        } else if style == Style::Plain && is_number_like(text) {
            let quoted = ShapeFaultKind::NumberLike { text: text.to_owned(), instead: format!("\"{text}\"") };
            self.fault(span, quoted);
            if is_null(text) {
                return None;
            }
        }
        if style == Style::Plain {
            self.cut_by_hash(span);
        }
        (!text.trim().is_empty()).then(|| Text { value: text.to_owned(), span })
    }

    /// K009: ` #` and a word right after a plain text.
    fn cut_by_hash(&mut self, span: Span) {
        let Some(rest) = self.source.get(span.end as usize..) else { return };
        let line = rest.lines().next().unwrap_or_default();
        let Some(comment) = line.trim_start_matches([' ', '\t']).strip_prefix('#') else { return };
        if comment.starts_with(|c: char| !c.is_whitespace() && c != '#') {
            let start = span.end as usize + line.len() - comment.len() - 1;
            let lost = Span::new(start, span.end as usize + line.trim_end().len());
            self.fault(lost, ShapeFaultKind::CutByHash { kept: span });
        }
    }

    /// A text.
    pub fn text(&mut self, object: &Object, key: &str) -> Option<Text> {
        let (field, node) = self.slot(object, key)?;
        self.text_at(node, &field.kind)
    }

    /// A number in the form every YAML reader takes alike.
    pub fn number(&mut self, object: &Object, key: &str) -> Option<Val<f64>> {
        let (field, node) = self.slot(object, key)?;
        let (text, style, span) = self.scalar(node, &field.kind)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        if style == Style::Plain && is_null(text) {
            return None;
        }
        if !is_canonical_number(text) {
            self.not_a_number(text, style, span, &field.kind);
            return None;
        }
        text.parse().ok().map(|value| Val { value, span })
    }

    fn not_a_number(&mut self, text: &str, style: Style, span: Span, want: &'static Kind) {
        let kind = if style == Style::Plain && is_number_like(text) {
            let instead = text.trim_start_matches(['+', '0']).replace('_', "");
            ShapeFaultKind::NumberLike { text: text.to_owned(), instead }
        } else {
            ShapeFaultKind::WrongType { want, found: Found::Value }
        };
        self.fault(span, kind);
    }

    /// A whole number from 0 to 9999.
    pub fn count(&mut self, object: &Object, key: &str) -> Option<Val<u16>> {
        let (field, node) = self.slot(object, key)?;
        let value = self.number(object, key)?;
        let whole = self.tree.text(node).filter(|text| text.len() <= 4).and_then(|text| text.parse().ok());
        if whole.is_none() {
            self.fault(value.span, ShapeFaultKind::WrongType { want: &field.kind, found: Found::Value });
        }
        whole.map(|whole| Val { value: whole, span: value.span })
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, object: &Object, key: &str) -> Option<Val<bool>> {
        let (field, node) = self.slot(object, key)?;
        let (text, style, span) = self.scalar(node, &field.kind)?;
        match text {
            "true" => Some(Val { value: true, span }),
            "false" => Some(Val { value: false, span }),
            text if style == Style::Plain && is_null(text) => None,
            text if has_placeholder(text) => {
                self.fault(span, ShapeFaultKind::Placeholder);
                None
            }
            text if style == Style::Plain && is_number_like(text) => {
                let truth = matches!(text.to_ascii_lowercase().as_str(), "y" | "yes" | "on" | "true" | "1");
                self.fault(span, ShapeFaultKind::NumberLike { text: text.to_owned(), instead: truth.to_string() });
                None
            }
            _ => {
                self.fault(span, ShapeFaultKind::WrongType { want: &field.kind, found: Found::Value });
                None
            }
        }
    }

    /// A day; other ways to write one are K105 and understood.
    pub fn date(&mut self, object: &Object, key: &str) -> Option<Val<Date>> {
        self.moment(object, key, "YYYY-MM-DD", Date::parse_iso, Date::parse_loose)
    }

    /// A day and time.
    pub fn date_time(&mut self, object: &Object, key: &str) -> Option<Val<DateTime>> {
        self.moment(object, key, "YYYY-MM-DDTHH:MM", DateTime::parse, |_| None)
    }

    /// A day of every year.
    pub fn month_day(&mut self, object: &Object, key: &str) -> Option<Val<MonthDay>> {
        let loose = |text: &str| Date::parse_loose(text).map(|date| MonthDay { month: date.month, day: date.day });
        self.moment(object, key, "MM-DD", MonthDay::parse, loose)
    }

    fn moment<T: Shown>(
        &mut self,
        object: &Object,
        key: &str,
        form: &'static str,
        exact: fn(&str) -> Option<T>,
        loose: impl Fn(&str) -> Option<T>,
    ) -> Option<Val<T>> {
        let (field, node) = self.slot(object, key)?;
        let (text, style, span) = self.scalar(node, &field.kind)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        if style == Style::Plain && is_null(text) {
            return None;
        }
        if let Some(value) = exact(text) {
            return Some(Val { value, span });
        }
        if let Some(inner) = ids::unwrap_quotes(text)
            && let Some(value) = exact(inner)
        {
            self.fault(span, ShapeFaultKind::Wrapped { found: text.to_owned(), want: inner.to_owned() });
            return Some(Val { value, span });
        }
        let value = loose(text);
        let read = value.as_ref().map(Shown::shown);
        self.fault(span, ShapeFaultKind::Date { text: text.to_owned(), read, form });
        value.map(|value| Val { value, span })
    }

    /// One of a few words: the word's index in `choices`.
    pub fn choice(&mut self, object: &Object, key: &str) -> Option<Val<&'static Choice>> {
        let (field, node) = self.slot(object, key)?;
        let Kind::Choice(choices) = field.kind else { return None };
        self.choice_at(node, choices, &field.kind)
    }

    fn choice_at(
        &mut self,
        node: NodeId,
        choices: &'static [Choice],
        want: &'static Kind,
    ) -> Option<Val<&'static Choice>> {
        let (text, style, span) = self.scalar(node, want)?;
        let bare = text.trim();
        if let Some(choice) = choices.iter().find(|choice| choice.id == bare) {
            return Some(Val { value: choice, span });
        }
        if let Some(choice) = choices.iter().find(|choice| choice.ja.contains(&bare)) {
            self.fault(span, ShapeFaultKind::Spelling { found: text.to_owned(), want: choice.id.to_owned() });
            return Some(Val { value: choice, span });
        }
        if bare.is_empty() || (style == Style::Plain && is_null(text)) {
            return None;
        }
        let kind = if has_placeholder(text) {
            ShapeFaultKind::Placeholder
        } else {
            ShapeFaultKind::NotAllowed { text: text.to_owned(), choices }
        };
        self.fault(span, kind);
        None
    }

    fn leaf_at<T: std::fmt::Display>(
        &mut self,
        node: NodeId,
        want: &'static Kind,
        read: fn(&str) -> Read<T>,
    ) -> Option<Val<T>> {
        let (text, _, span) = self.word(node, want)?;
        let (value, kind) = match read(text) {
            Read::Exact(value) => return Some(Val { value, span }),
            Read::Spelled(value) => {
                let kind = ShapeFaultKind::Spelling { found: text.to_owned(), want: value.to_string() };
                (Some(value), kind)
            }
            Read::Wrapped(value) => {
                let kind = ShapeFaultKind::Wrapped { found: text.to_owned(), want: value.to_string() };
                (Some(value), kind)
            }
            Read::Malformed => (None, ShapeFaultKind::MalformedId { text: text.to_owned(), want }),
        };
        self.fault(span, kind);
        value.map(|value| Val { value, span })
    }

    /// An item's or clause's own id; `clause` says which of the two it must be.
    pub fn leaf_id(&mut self, object: &Object, key: &str, clause: bool) -> Option<Val<LeafId>> {
        let (field, node) = self.slot(object, key)?;
        let id = self.leaf_at(node, &field.kind, ids::read_leaf)?;
        if id.value.clause.is_some() == clause {
            return Some(id);
        }
        self.fault(id.span, ShapeFaultKind::MalformedId { text: id.value.to_string(), want: &field.kind });
        None
    }

    /// A goal's or follow-up's own id.
    pub fn goal_id(&mut self, object: &Object, key: &str) -> Option<Val<String>> {
        let (field, node) = self.slot(object, key)?;
        self.leaf_at(node, &field.kind, ids::read_goal)
    }

    /// A goal of an earlier year, with its year.
    pub fn past_goal(&mut self, object: &Object, key: &str) -> Option<Val<GoalRef>> {
        let (field, node) = self.slot(object, key)?;
        let goal = self.leaf_at(node, &field.kind, ids::read_goal_ref)?;
        if goal.value.year.is_some() {
            return Some(goal);
        }
        self.fault(goal.span, ShapeFaultKind::MalformedId { text: goal.value.to_string(), want: &field.kind });
        None
    }

    /// A name of one's own.
    pub fn own_name(&mut self, object: &Object, key: &str) -> Option<Val<String>> {
        let (field, node) = self.slot(object, key)?;
        let (text, _, span) = self.word(node, &field.kind)?;
        if ids::is_name(text) {
            return Some(Val { value: text.to_owned(), span });
        }
        self.fault(span, ShapeFaultKind::MalformedId { text: text.to_owned(), want: &field.kind });
        None
    }

    /// A name that must exist elsewhere, as written.
    pub fn name(&mut self, object: &Object, key: &str) -> Option<Name> {
        let (field, node) = self.slot(object, key)?;
        self.name_at(node, &field.kind)
    }

    fn name_at(&mut self, node: NodeId, want: &'static Kind) -> Option<Name> {
        let Kind::Ref(target) = want else { return None };
        let (text, _, span) = self.word(node, want)?;
        let well_formed = match target {
            Target::Unit => ids::is_unit(text),
            Target::Rating | Target::Measure => true,
            _ => ids::is_name(text),
        };
        Some(Name { text: text.to_owned(), span, well_formed })
    }

    /// The entries of a list; one value in place of a list is K103.
    fn entries(&mut self, object: &Object, key: &str) -> Option<(&'static Kind, Vec<NodeId>)> {
        let (field, node) = self.slot(object, key)?;
        let Kind::List(inner) = field.kind else { return None };
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::List(children) => Some((inner, children.clone())),
            NodeKind::Scalar { text, style } if text.trim().is_empty() || (*style == Style::Plain && is_null(text)) => {
                None
            }
            NodeKind::Scalar { text, .. } if has_placeholder(text) => {
                self.fault(span, ShapeFaultKind::Placeholder);
                None
            }
            other => {
                let found = if matches!(other, NodeKind::Map(_)) { Found::Fields } else { Found::Value };
                self.fault(span, ShapeFaultKind::WrongType { want: &field.kind, found });
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, object: &Object, key: &str) -> Vec<Text> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.text_at(node, kind)).collect()
    }

    /// A list of citations.
    pub fn cites(&mut self, object: &Object, key: &str) -> Vec<Val<Cite>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.leaf_at(node, kind, ids::read_cite)).collect()
    }

    /// A list of goals: the plan's own, or those of others.
    pub fn goals(&mut self, object: &Object, key: &str) -> Vec<Val<GoalRef>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        let own = matches!(kind, Kind::Ref(Target::OwnGoal));
        let mut goals = Vec::new();
        for node in nodes {
            let Some(goal) = self.leaf_at(node, kind, ids::read_goal_ref) else { continue };
            if goal.value.department.is_none() == own && goal.value.year.is_none() {
                goals.push(goal);
            } else {
                self.fault(goal.span, ShapeFaultKind::MalformedId { text: goal.value.to_string(), want: kind });
            }
        }
        goals
    }

    /// A list of what a review speaks of.
    pub fn subjects(&mut self, object: &Object, key: &str) -> Vec<Val<Subject>> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.leaf_at(node, kind, Subject::read)).collect()
    }

    /// A list of names that must exist elsewhere.
    pub fn names(&mut self, object: &Object, key: &str) -> Vec<Name> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.name_at(node, kind)).collect()
    }

    /// An object.
    pub fn object(&mut self, object: &Object, key: &str) -> Option<Object> {
        let (field, node) = self.slot(object, key)?;
        let Kind::One(shape) = field.kind else { return None };
        let null =
            matches!(&self.tree.node(node).kind, NodeKind::Scalar { text, style: Style::Plain } if is_null(text));
        if null { None } else { self.object_at(node, shape, false) }
    }

    /// A list of objects. A blank entry is an object without fields.
    pub fn objects(&mut self, object: &Object, key: &str) -> Vec<Object> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        let Kind::One(shape) = kind else { return Vec::new() };
        nodes.into_iter().filter_map(|node| self.object_at(node, shape, false)).collect()
    }

    /// The entries of a free map: each name as written, with its text.
    pub fn map(&mut self, object: &Object, key: &str) -> Vec<(Name, Option<Text>)> {
        let Some((field, node)) = self.slot(object, key) else { return Vec::new() };
        let Kind::Map(target, inner) = field.kind else { return Vec::new() };
        let mut entries = Vec::new();
        for (name, value) in self.map_entries(node, &field.kind) {
            let (word, span) = (self.tree.text(name).unwrap_or_default(), self.tree.span(name));
            let well_formed = target.is_none() || ids::is_name(word);
            let name = Name { text: word.to_owned(), span, well_formed };
            let text = match inner {
                Kind::TextOrNumber => self.text_or_number(value, inner),
                _ => self.text_at(value, inner),
            };
            entries.push((name, text));
        }
        entries
    }

    /// The levels under `rules`.
    pub fn levels(&mut self, object: &Object, key: &str) -> Vec<(Val<String>, Val<&'static Choice>)> {
        let Some((field, node)) = self.slot(object, key) else { return Vec::new() };
        let Kind::Map(_, inner) = field.kind else { return Vec::new() };
        let Kind::Choice(choices) = inner else { return Vec::new() };
        let mut levels = Vec::new();
        for (name, value) in self.map_entries(node, &field.kind) {
            let (code, span) = (self.tree.text(name).unwrap_or_default().to_owned(), self.tree.span(name));
            if let Some(level) = self.choice_at(value, choices, inner) {
                levels.push((Val { value: code, span }, level));
            }
        }
        levels
    }

    fn map_entries(&mut self, node: NodeId, want: &'static Kind) -> Vec<(NodeId, NodeId)> {
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::Map(fields) => fields.clone(),
            NodeKind::Scalar { text, style } if *style == Style::Plain && is_null(text) => Vec::new(),
            NodeKind::Scalar { text, .. } if has_placeholder(text) => {
                self.fault(span, ShapeFaultKind::Placeholder);
                Vec::new()
            }
            other => {
                let found = if matches!(other, NodeKind::List(_)) { Found::List } else { Found::Value };
                self.fault(span, ShapeFaultKind::WrongType { want, found });
                Vec::new()
            }
        }
    }

    fn text_or_number(&mut self, node: NodeId, want: &'static Kind) -> Option<Text> {
        let (text, style, span) = self.scalar(node, want)?;
        if style == Style::Plain && is_canonical_number(text) {
            return Some(Text { value: text.to_owned(), span });
        }
        self.text_at(node, want)
    }
}

/// A moment as its ISO text, for the fix of K105.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Date {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for DateTime {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for MonthDay {
    fn shown(&self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }
}

fn empty(shape: &'static Shape, span: Span) -> Object {
    Object { span, shape, slots: vec![None; shape.fields.len()], keys: vec![span; shape.fields.len()] }
}

/// The kind that stands for an object of `shape` in a message.
fn object_kind(_shape: &'static Shape) -> &'static Kind {
    const OBJECT: &Kind = &Kind::One(&crate::shape::ANY_OBJECT);
    OBJECT
}
