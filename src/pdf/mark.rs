//! What is drawn: marks on pieces, pieces on pages.

use std::rc::Rc;

use super::tags::NodeId;
use super::wrap::Line;

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// Red, green, blue.
pub(super) type Ink = [u8; 3];

/// A place and its extent, from the top left.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// One thing that is drawn.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of text, its baseline at `y`; without a node it is decoration.
    Text { x: f32, y: f32, line: Line, node: Option<NodeId> },
    /// A filled area.
    Fill(Area, Ink),
    /// A frame around an area, dashed or not.
    Frame { area: Area, width: f32, ink: Ink, dashed: bool },
    /// An area that leads to an anchor, and what is said of it.
    Link { area: Area, anchor: String, text: String, node: NodeId },
}

impl Mark {
    /// The same, further down.
    pub(super) fn lower(mut self, by: f32) -> Mark {
        match &mut self {
            Mark::Text { y, .. } => *y += by,
            Mark::Fill(area, _) | Mark::Frame { area, .. } | Mark::Link { area, .. } => area.y += by,
        }
        self
    }

    /// The same as decoration, for what is printed again on the next page.
    pub(super) fn again(mut self) -> Mark {
        if let Mark::Text { node, .. } = &mut self {
            *node = None;
        }
        self
    }
}

/// What a piece shares its page with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keep {
    /// Nothing.
    Alone,
    /// The next piece, where the whole group fits on a page.
    Group,
    /// The next piece: a heading and what it heads.
    Next,
}

/// A piece that is not divided.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Blank above it, but at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    /// Places count from the piece's top left.
    pub(super) marks: Vec<Mark>,
    pub(super) keep: Keep,
    /// Printed above it where it begins a page.
    pub(super) head: Option<Rc<Head>>,
    pub(super) stop: Option<Stop>,
}

/// The head of a table.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) height: f32,
    pub(super) marks: Vec<Mark>,
}

/// A heading that bookmarks and pointers lead to.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) anchor: Option<String>,
}
