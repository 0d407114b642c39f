//! A plan as plain values by the tables of `shape`, each with its place: what a sheet shows, and
//! what a filled-in sheet is compared with. Fields that no table knows are left where they are.

use crate::place::Span;
use crate::shape::{Kind, Shape};
use crate::source::{Kind as NodeKind, NodeId, Style, Tree};

/// The names and positions that lead to a value: `["goals", "0", "title"]`.
pub type Path = Vec<String>;

/// A value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Data {
    /// Its bytes in the file; empty where nothing stands.
    pub span: Span,
    /// What it is.
    pub kind: DataKind,
}

/// What a value is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum DataKind {
    /// Nothing is written.
    #[default]
    Blank,
    /// Something of another form than the table wants; a sheet leaves it alone.
    Odd,
    /// A text, number, day, id, ….
    One(String),
    /// A list.
    List(Vec<Data>),
    /// Fields by their names in the table, in file order.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// Reads a value of a tree.
    pub fn read(tree: &Tree<'_>, node: NodeId, kind: &Kind) -> Data {
        let span = tree.span(node);
        let kind = match (&tree.node(node).kind, kind) {
            (NodeKind::Blank, _) => DataKind::Blank,
            (NodeKind::Scalar { text, style }, _) if is_nothing(text, *style) => DataKind::Blank,
            (NodeKind::List(entries), Kind::List(inner)) => {
                DataKind::List(entries.iter().map(|entry| Data::read(tree, *entry, inner)).collect())
            }
            (NodeKind::Map(fields), Kind::One(shape)) => DataKind::Map(read_fields(tree, fields, shape)),
            (NodeKind::Map(fields), Kind::Map(_, inner)) => {
                let field = |(key, value): &(NodeId, NodeId)| {
                    Some((tree.text(*key)?.to_owned(), Data::read(tree, *value, inner)))
                };
                DataKind::Map(fields.iter().filter_map(field).collect())
            }
            (NodeKind::Scalar { text, .. }, kind) if is_single(kind) => DataKind::One(text.to_string()),
            _ => DataKind::Odd,
        };
        Data { span, kind }
    }

    /// The plan of a whole tree.
    pub fn root(tree: &Tree<'_>, shape: &'static Shape) -> Data {
        tree.root().map(|root| Data::read(tree, root, &Kind::One(shape))).unwrap_or_default()
    }

    /// The value at a path below this one, where one is written.
    pub fn at<S: AsRef<str>>(&self, path: &[S]) -> Option<&Data> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        let first = first.as_ref();
        let inner = match &self.kind {
            DataKind::Map(fields) => fields.iter().find(|(key, _)| key == first).map(|(_, value)| value),
            DataKind::List(entries) => first.parse::<usize>().ok().and_then(|index| entries.get(index)),
            _ => None,
        };
        inner?.at(rest)
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            DataKind::One(text) => Some(text),
            _ => None,
        }
    }

    /// The text at a path.
    pub fn text_at<S: AsRef<str>>(&self, path: &[S]) -> Option<&str> {
        self.at(path)?.text()
    }

    /// The entries, where it is a list.
    pub fn entries(&self) -> &[Data] {
        match &self.kind {
            DataKind::List(entries) => entries,
            _ => &[],
        }
    }

    /// True where nothing is written.
    pub fn is_blank(&self) -> bool {
        match &self.kind {
            DataKind::Blank => true,
            DataKind::List(entries) => entries.iter().all(Data::is_blank),
            DataKind::Map(fields) => fields.iter().all(|(_, value)| value.is_blank()),
            DataKind::One(_) | DataKind::Odd => false,
        }
    }

    /// True when both say the same, wherever they stand and in whatever order fields are written.
    pub fn same(&self, other: &Data) -> bool {
        match (&self.kind, &other.kind) {
            (DataKind::One(a), DataKind::One(b)) => a == b,
            (DataKind::List(a), DataKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (DataKind::Map(a), DataKind::Map(b)) => holds(a, b) && holds(b, a),
            (DataKind::Odd, DataKind::Odd) => true,
            _ => self.is_blank() && other.is_blank(),
        }
    }
}

/// True when everything that `part` says stands in `whole`.
fn holds(whole: &[(String, Data)], part: &[(String, Data)]) -> bool {
    let blank = Data::default();
    let found = |key: &str| whole.iter().find(|(name, _)| name == key).map_or(&blank, |(_, value)| value);
    part.iter().all(|(key, value)| found(key).same(value))
}

fn read_fields(tree: &Tree<'_>, fields: &[(NodeId, NodeId)], shape: &Shape) -> Vec<(String, Data)> {
    let mut read: Vec<(String, Data)> = Vec::new();
    for (key, value) in fields {
        let Some(field) = tree.text(*key).and_then(|word| shape.understood(word)) else { continue };
        if !read.iter().any(|(name, _)| name == field.key) {
            read.push((field.key.to_owned(), Data::read(tree, *value, &field.kind)));
        }
    }
    read
}

/// True for what readers take for nothing.
fn is_nothing(text: &str, style: Style) -> bool {
    text.trim().is_empty() || (style == Style::Plain && matches!(text, "~" | "null" | "Null" | "NULL"))
}

fn is_single(kind: &Kind) -> bool {
    !matches!(kind, Kind::List(_) | Kind::One(_) | Kind::Map(..))
}

/// The node at a path, by the names of the tables.
pub fn node_at(tree: &Tree<'_>, shape: &'static Shape, path: &[String]) -> Option<NodeId> {
    let mut node = tree.root()?;
    let mut kind = Kind::One(shape);
    for step in path {
        (node, kind) = match (&tree.node(node).kind, kind) {
            (NodeKind::Map(fields), Kind::One(shape)) => {
                let meant = |word: &str| shape.understood(word).is_some_and(|field| field.key == step);
                let found = fields.iter().find(|(key, _)| tree.text(*key).is_some_and(meant))?;
                (found.1, shape.field(step)?.kind)
            }
            (NodeKind::Map(fields), Kind::Map(_, inner)) => {
                (fields.iter().find(|(key, _)| tree.text(*key) == Some(step))?.1, *inner)
            }
            (NodeKind::List(entries), Kind::List(inner)) => (*entries.get(step.parse::<usize>().ok()?)?, *inner),
            _ => return None,
        };
    }
    Some(node)
}

/// What a table says of the value at a path.
pub fn kind_at(shape: &'static Shape, path: &[String]) -> Option<Kind> {
    let mut kind = Kind::One(shape);
    for step in path {
        kind = match kind {
            Kind::One(shape) => shape.field(step)?.kind,
            Kind::List(inner) | Kind::Map(_, inner) => *inner,
            _ => return None,
        };
    }
    Some(kind)
}

/// A path as one word: what is kept in the hidden cells of a sheet.
pub fn path_word(path: &[String]) -> String {
    let escaped = |step: &String| step.replace('%', "%25").replace('/', "%2F").replace('+', "%2B");
    path.iter().map(escaped).collect::<Vec<_>>().join("/")
}

/// Reads a path back.
pub fn read_path(word: &str) -> Path {
    let plain = |step: &str| step.replace("%2F", "/").replace("%2B", "+").replace("%25", "%");
    if word.is_empty() { Vec::new() } else { word.split('/').map(plain).collect() }
}
