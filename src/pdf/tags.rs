//! The order in which papers are read aloud: headings, paragraphs, lists and tables as a tree.

use krilla::tagging::{Identifier, TagGroup, TagKind, TagTree};

/// A node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(usize);

/// The tree while it grows: first its nodes, then what is printed for each.
#[derive(Debug, Default)]
pub(super) struct Tags {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    tag: TagKind,
    parent: Option<NodeId>,
    printed: Vec<Identifier>,
}

impl Tags {
    /// Adds a node below another, or at the top.
    pub(super) fn add(&mut self, parent: Option<NodeId>, tag: impl Into<TagKind>) -> NodeId {
        self.nodes.push(Node { tag: tag.into(), parent, printed: Vec::new() });
        NodeId(self.nodes.len() - 1)
    }

    /// Says that something printed belongs to a node.
    pub(super) fn printed(&mut self, node: NodeId, what: Identifier) {
        if let Some(node) = self.nodes.get_mut(node.0) {
            node.printed.push(what);
        }
    }

    /// The finished tree. A node stands before all nodes below it, so the last are closed first.
    pub(super) fn tree(self) -> TagTree {
        let mut below: Vec<Vec<TagGroup>> = self.nodes.iter().map(|_| Vec::new()).collect();
        let mut top = Vec::new();
        for (at, node) in self.nodes.into_iter().enumerate().rev() {
            let mut group = TagGroup::new(node.tag);
            std::mem::take(&mut below[at]).into_iter().rev().for_each(|child| group.push(child));
            node.printed.into_iter().for_each(|what| group.push(what));
            match node.parent {
                Some(parent) => below[parent.0].push(group),
                None => top.push(group),
            }
        }
        let mut tree = TagTree::new();
        top.into_iter().rev().for_each(|group| tree.push(group));
        tree
    }
}
