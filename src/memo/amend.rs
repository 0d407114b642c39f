//! A memo against the `policy.yaml` that is there: what is blank is written, what would be written
//! over is listed and written only where that is wanted. Every other line stays as it is.

pub(super) mod matching;

use std::collections::BTreeSet;

use super::{Item, Memo, Section, write};
use crate::date::Date;
use crate::edit::{Editor, Noted, Refused, Value};
use crate::ids::ItemId;
use crate::shape::{Kind, POLICY, Shape};
use crate::source::{Edit, NodeId};
use matching::{Known, known, pair};

/// How a memo is held against a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The day of a revision within the year, where one was named.
    pub since: Option<Date>,
    /// Words may be replaced.
    pub overwrite: bool,
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A field that is blank in the file.
    Filled(String, String),
    /// A field with other words: name, words in the file, words of the memo.
    Other(String, String, String),
    /// An item that the file does not have.
    New(ItemId),
    /// An item with another wording: before and after.
    Changed(ItemId, String, String),
    /// An item that the memo does not have.
    Gone(ItemId),
    /// A clause whose words the new wording does not have.
    Quote(String),
}

impl Change {
    /// True where words of the file would be written over.
    pub fn overwrites(&self) -> bool {
        matches!(self, Change::Other(..) | Change::Changed(..) | Change::Gone(_))
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Amended {
    /// What is to be written.
    pub edits: Vec<Edit>,
    /// The differences, in the order of the file.
    pub changes: Vec<Change>,
    /// Since when the wording is new; none where the memo is the one the file was made of.
    pub since: Option<Date>,
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAmended {
    /// The file cannot be read.
    Unreadable,
    /// A value stands in a form that is not written into, at this byte.
    Refused(usize),
}

impl From<Refused> for NotAmended {
    fn from(refused: Refused) -> NotAmended {
        NotAmended::Refused(refused.at)
    }
}

/// Holds `memo` against the file `text`.
///
/// # Errors
/// When the file cannot be read, or written into.
pub fn amend(text: &str, memo: &Memo, options: Options) -> Result<Amended, NotAmended> {
    let editor = Editor::open(text).ok_or(NotAmended::Unreadable)?;
    let root = editor.tree().root().ok_or(NotAmended::Unreadable)?;
    let issued = editor.tree().get(root, "issued").and_then(|node| editor.tree().text(node)).and_then(Date::parse_iso);
    // The same memo once more mends words; a later one amends them.
    let later = memo.front.issued.filter(|day| issued.is_some_and(|before| before < *day));
    let since = options.since.or(later);
    let mut work = Work { editor, options, since, changes: Vec::new() };
    work.front(root, memo)?;
    work.sections(root, memo)?;
    Ok(Amended { changes: work.changes, since, edits: work.editor.edits() })
}

/// True for a file that begins a city and in which no wording was written yet: there is nothing to
/// hold the memo against, and its example item is not the memo's first one.
pub fn is_unwritten(text: &str) -> bool {
    let Some(editor) = Editor::open(text) else { return false };
    let tree = editor.tree();
    let Some(root) = tree.root() else { return false };
    let is_blank = |words: &str| words.trim().is_empty() || words.contains("（記入）");
    let sections = tree.get(root, "sections").map(|node| matching::entries(tree, node)).unwrap_or_default();
    let heading = |node: NodeId| tree.get(node, "heading").and_then(|node| tree.text(node)).unwrap_or_default();
    tree.get(root, "viewpoints").is_none()
        && known(tree, root).iter().all(|known| is_blank(&known.text))
        && sections.into_iter().all(|node| is_blank(heading(node)))
}

struct Work<'t> {
    editor: Editor<'t>,
    options: Options,
    since: Option<Date>,
    changes: Vec<Change>,
}

impl Work<'_> {
    fn front(&mut self, root: NodeId, memo: &Memo) -> Result<(), NotAmended> {
        let front = &memo.front;
        let order = order(&POLICY);
        if let Some(title) = &front.title {
            self.words(root, "title", "title", Value::text(title), title, &order)?;
        }
        if let Some(day) = front.issued {
            self.words(root, "issued", "issued", Value::word(day.to_string()), &day.to_string(), &order)?;
        }
        let Some(post) = &front.post else { return Ok(()) };
        match self.editor.tree().get(root, "issuer").filter(|node| self.editor.tree().field_count(*node) > 0) {
            Some(issuer) => {
                let inner = order_of(&POLICY, "issuer");
                self.words(issuer, "title", "issuer: title", Value::text(post), post, &inner)?;
                if let Some((name, _)) = &front.name {
                    self.words(issuer, "name", "issuer: name", Value::text(name), name, &inner)?;
                }
            }
            None => {
                self.editor.set(root, "issuer", &write::issuer(front).into(), &order)?;
                self.changes.push(Change::Filled("issuer".to_owned(), post.clone()));
            }
        }
        Ok(())
    }

    /// A field of words: filled where blank, replaced where that is wanted.
    fn words(
        &mut self,
        map: NodeId,
        key: &str,
        name: &str,
        value: Value,
        new: &str,
        order: &[&str],
    ) -> Result<(), NotAmended> {
        let tree = self.editor.tree();
        let old = tree.get(map, key).and_then(|node| tree.text(node)).unwrap_or_default().to_owned();
        if matching::folded(&old) == matching::folded(new) {
            return Ok(());
        }
        if old.trim().is_empty() || old.contains("（記入）") {
            self.editor.set(map, key, &value.into(), order)?;
            self.changes.push(Change::Filled(name.to_owned(), new.to_owned()));
            return Ok(());
        }
        if self.options.overwrite {
            self.editor.set(map, key, &value.into(), order)?;
        }
        self.changes.push(Change::Other(name.to_owned(), old, new.to_owned()));
        Ok(())
    }

    fn sections(&mut self, root: NodeId, memo: &Memo) -> Result<(), NotAmended> {
        let known = known(self.editor.tree(), root);
        let items: Vec<&Item> = memo.items().collect();
        let pairs = pair(&known, &items);
        let mut taken: BTreeSet<ItemId> = known.iter().map(|known| known.id).collect();
        for section in &memo.sections {
            self.section(root, section, &known, &mut taken, &pairs, &items)?;
        }
        for (at, gone) in known.iter().enumerate() {
            if gone.withdrawn || pairs.contains(&Some(at)) {
                continue;
            }
            self.changes.push(Change::Gone(gone.id));
            if let Some(day) = self.since.or(memo.front.issued).filter(|_| self.options.overwrite) {
                let order = item_order();
                self.editor.set(gone.node, "withdrawn", &Value::word(day.to_string()).into(), &order)?;
            }
        }
        Ok(())
    }

    fn section(
        &mut self,
        root: NodeId,
        section: &Section,
        known: &[Known],
        taken: &mut BTreeSet<ItemId>,
        pairs: &[Option<usize>],
        items: &[&Item],
    ) -> Result<(), NotAmended> {
        let Some(node) = self.find_section(root, section.number) else { return self.new_section(root, section) };
        let order = order_of(&POLICY, "sections");
        for (key, words) in [("mark", &section.mark), ("heading", &section.heading)] {
            if let Some(words) = words.as_ref().filter(|_| section.number > 0) {
                let name = format!("sections {}: {key}", section.number);
                self.words(node, key, &name, Value::text(words), words, &order)?;
            }
        }
        // A new item stands behind the one that is before it in the memo.
        let tree = self.editor.tree();
        let here = tree.get(node, "items").map(|list| matching::entries(tree, list)).unwrap_or_default();
        let mut before: Option<NodeId> = None;
        for item in &section.items {
            let at = items.iter().position(|other| other.id == item.id);
            match at.and_then(|at| pairs.get(at).copied().flatten()).and_then(|at| known.get(at)) {
                Some(known) => {
                    before = Some(known.node).filter(|node| here.contains(node)).or(before);
                    self.item(known, item)?;
                }
                None => self.new_item((node, before), item, taken)?,
            }
        }
        Ok(())
    }

    fn find_section(&self, root: NodeId, number: u16) -> Option<NodeId> {
        let tree = self.editor.tree();
        let sections = matching::entries(tree, tree.get(root, "sections")?);
        let wanted = number.to_string();
        sections.into_iter().find(|node| tree.get(*node, "number").and_then(|n| tree.text(n)) == Some(wanted.as_str()))
    }

    fn new_section(&mut self, root: NodeId, section: &Section) -> Result<(), NotAmended> {
        self.changes.extend(section.items.iter().map(|item| Change::New(item.id)));
        let entry = write::section(section);
        match self.editor.tree().get(root, "sections") {
            Some(sections) => self.editor.push(sections, &entry)?,
            None => self.editor.set(root, "sections", &Value::list([entry]).into(), &order(&POLICY))?,
        }
        Ok(())
    }

    fn new_item(
        &mut self,
        (section, before): (NodeId, Option<NodeId>),
        item: &Item,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<(), NotAmended> {
        let mut item = item.clone();
        // A number that was given once is never given again.
        while !taken.insert(item.id) {
            item.id.number = item.id.number.saturating_add(1);
            if item.id.number == u16::MAX {
                break;
            }
        }
        self.changes.push(Change::New(item.id));
        let mut value = write::item(&item);
        if let (Value::Map(fields), Some(day)) = (&mut value, self.since) {
            let at = fields.iter().position(|(key, _)| key == "clauses").unwrap_or(fields.len());
            fields.insert(at, ("added".to_owned(), Value::word(day.to_string()).into()));
        }
        match self.editor.tree().get(section, "items") {
            Some(items) => self.editor.push_behind(items, before, &value.into())?,
            None => {
                let order = order_of(&POLICY, "sections");
                self.editor.set(section, "items", &Value::list([value]).into(), &order)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, known: &Known, item: &Item) -> Result<(), NotAmended> {
        let order = item_order();
        let name = |key: &str| format!("{}: {key}", known.id);
        if let Some(mark) = &item.mark {
            self.words(known.node, "mark", &name("mark"), Value::text(mark), mark, &order)?;
        }
        let tree = self.editor.tree();
        if tree.get(known.node, "short").is_none() && !item.short.value.is_empty() {
            let value: Noted = Value::text(&item.short.value).remark("案（確認）");
            self.editor.set(known.node, "short", &value, &order)?;
            self.changes.push(Change::Filled(name("short"), item.short.value.clone()));
        }
        let tree = self.editor.tree();
        if tree.get(known.node, "ruby").is_none() && !item.ruby.is_empty() {
            self.editor.set(known.node, "ruby", &write::ruby(item).into(), &order)?;
            self.changes.push(Change::Filled(name("ruby"), item.ruby[0].reading.clone()));
        }
        if matching::folded(&known.text) == matching::folded(&item.text) {
            return Ok(());
        }
        if known.text.trim().is_empty() || known.text.contains("（記入）") {
            self.editor.set(known.node, "text", &Value::prose(&item.text).into(), &order)?;
            self.changes.push(Change::Filled(name("text"), item.text.clone()));
            return Ok(());
        }
        self.changes.push(Change::Changed(known.id, known.text.clone(), item.text.clone()));
        let joined: String = item.text.lines().collect();
        let lost = known.quotes.iter().filter(|(_, quote)| !joined.contains(quote.as_str()));
        self.changes.extend(lost.map(|(id, _)| Change::Quote(id.clone())));
        if self.options.overwrite {
            self.editor.set(known.node, "text", &Value::prose(&item.text).into(), &order)?;
            if let Some(day) = self.since {
                let was = Value::prose(&known.text);
                let amended = Value::map([("since", Value::word(day.to_string())), ("was", was)]);
                self.editor.set(known.node, "amended", &amended.into(), &order)?;
            }
        }
        Ok(())
    }
}

/// The names of a shape's fields in their order.
fn order(shape: &'static Shape) -> Vec<&'static str> {
    shape.fields.iter().map(|field| field.key).collect()
}

fn order_of(shape: &'static Shape, key: &str) -> Vec<&'static str> {
    inner(shape, key).map(order).unwrap_or_default()
}

fn item_order() -> Vec<&'static str> {
    inner(&POLICY, "sections").map(|section| order_of(section, "items")).unwrap_or_default()
}

/// The shape of a field's value, or of the entries of its list.
fn inner(shape: &'static Shape, key: &str) -> Option<&'static Shape> {
    let field = shape.fields.iter().find(|field| field.key == key)?;
    match &field.kind {
        Kind::One(shape) | Kind::List(Kind::One(shape)) => Some(shape),
        _ => None,
    }
}
