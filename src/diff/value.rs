//! What a file says, without layout: the tree with its field names settled, so that nothing that is
//! written can be missed when two files are compared, be it a field that the model does not know.

use crate::ids::{Read, read_cite};
use crate::shape::{Field, FileKind, Kind, Shape};
use crate::source::{self, Kind as Node, NodeId, Tree};

/// A value without its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// A text, number, day or id, line breaks aside: how a text is wrapped says nothing.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Fields, in the order of the file.
    Fields(Vec<(Key, Value)>),
}

/// The name of a field.
#[derive(Debug, Clone)]
pub struct Key {
    /// The name in the file, a label of a known field settled to its name.
    pub name: String,
    /// The field, where it is known.
    pub field: Option<&'static Field>,
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.name == other.name
    }
}

impl Eq for Key {}

impl Value {
    /// Reads a file's text; for a broken file, what can be read.
    pub fn read(kind: FileKind, text: &str) -> Value {
        let mut fields: Vec<(Key, Value)> = Vec::new();
        source::read(text, kind.vocabulary(), &mut Vec::new(), &mut |tree, _| {
            if let Some(root) = tree.root()
                && let Value::Fields(more) = value(tree, root, Some(&Kind::One(kind.shape())))
            {
                fields.extend(more);
            }
        });
        Value::Fields(fields)
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Fields(fields) => fields.iter().find(|(key, _)| key.name == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Every text inside, in order.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Value::Blank => Vec::new(),
            Value::Text(text) => vec![text],
            Value::List(list) => list.iter().flat_map(Value::texts).collect(),
            Value::Fields(fields) => fields.iter().flat_map(|(_, value)| value.texts()).collect(),
        }
    }

    /// True where nothing is written.
    pub fn is_blank(&self) -> bool {
        self.texts().is_empty()
    }
}

fn value(tree: &Tree<'_>, node: NodeId, kind: Option<&Kind>) -> Value {
    match &tree.node(node).kind {
        Node::Blank => Value::Blank,
        Node::Scalar { text, .. } => Value::Text(scalar(text, kind)),
        Node::List(entries) => {
            let inner = match kind {
                Some(Kind::List(inner)) => Some(*inner),
                other => other,
            };
            Value::List(entries.iter().map(|entry| value(tree, *entry, inner)).collect())
        }
        Node::Map(fields) => {
            let named = fields.iter().map(|(name, inner)| {
                let (key, kind) = key(tree.text(*name).unwrap_or_default(), kind);
                (key, value(tree, *inner, kind))
            });
            Value::Fields(named.collect())
        }
    }
}

fn key<'k>(name: &str, kind: Option<&'k Kind>) -> (Key, Option<&'k Kind>) {
    match kind {
        Some(Kind::One(shape)) => {
            let shape: &'static Shape = shape;
            let field = shape.field(name).or_else(|| shape.understood(name));
            let name = field.map_or(name, |field| field.key).to_owned();
            (Key { name, field }, field.map(|field| &field.kind))
        }
        Some(Kind::Map(_, inner)) => (Key { name: name.to_owned(), field: None }, Some(*inner)),
        _ => (Key { name: name.to_owned(), field: None }, None),
    }
}

/// The text as it is compared: ids and words in the form in which they are meant.
fn scalar(text: &str, kind: Option<&Kind>) -> String {
    match kind {
        Some(Kind::Cite) => match read_cite(text) {
            Read::Exact(cite) | Read::Spelled(cite) | Read::Wrapped(cite) => cite.to_string(),
            Read::Malformed => text.to_owned(),
        },
        Some(Kind::Choice(choices)) => {
            let meant = choices.iter().find(|choice| choice.ja.contains(&text));
            meant.map_or(text, |choice| choice.id).to_owned()
        }
        _ => text.lines().map(str::trim_end).collect::<String>().trim().to_owned(),
    }
}
