//! The spanned tree of one YAML document: every node knows the bytes it came from.

use std::borrow::Cow;

use crate::place::Span;

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind<'a> {
    /// Nothing after the colon or dash.
    Blank,
    /// A text, number, date, …: the field's type decides.
    Scalar {
        /// The value after YAML's own unescaping.
        text: Cow<'a, str>,
        /// How it is written.
        style: Style,
    },
    /// A list.
    List(Vec<NodeId>),
    /// Fields with values, in file order; duplicates are kept.
    Map(Vec<(NodeId, NodeId)>),
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The bytes of the value: of a scalar with its quotes, of a container from its first child
    /// to the end of its last one.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// A parsed document, or one top-level block of a broken one.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) root: Option<NodeId>,
    pub(super) comments: Vec<(Span, Cow<'a, str>)>,
}

impl<'a> Tree<'a> {
    /// The document's root; none for an empty document.
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.0 as usize]
    }

    /// The text of a scalar.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The place of a node.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// All comments with their places, in file order; the text is what follows the `#`.
    pub fn comments(&self) -> impl Iterator<Item = (Span, &str)> {
        self.comments.iter().map(|(span, text)| (*span, text.as_ref()))
    }

    /// The value of `key` in a map, by its exact spelling.
    pub fn get(&self, map: NodeId, key: &str) -> Option<NodeId> {
        match &self.node(map).kind {
            Kind::Map(fields) => fields.iter().find(|(name, _)| self.text(*name) == Some(key)).map(|(_, value)| *value),
            _ => None,
        }
    }

    /// How many fields a map has.
    pub fn field_count(&self, map: NodeId) -> usize {
        match &self.node(map).kind {
            Kind::Map(fields) => fields.len(),
            _ => 0,
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True without any node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}
