//! One spanned parse: granit-parser's events, one at a time, into a [`Tree`].
//!
//! This is the only file that knows the parser; what needs none of it is read by `quick`. Its traps: an empty value is `~` with an empty
//! range; a block text's span starts on the line after its header and runs through trailing blank
//! lines; the end of a container is only known from its last child.

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as RawSpan, StructureStyle};

use crate::place::Span;
use crate::source::{Fault, FaultKind, Kind, Node, NodeId, Repaired, Style, Tree, Unsupported, read_plain};

/// Levels of nesting that a file may have (K008).
pub const MAX_DEPTH: usize = 64;

/// What one parse gave.
#[derive(Debug, Default)]
pub struct Parsed<'a> {
    /// What was read; whole only when `error` is none.
    pub tree: Tree<'a>,
    /// Faults that do not stop the parser.
    pub faults: Vec<Fault>,
    /// The byte (in the text as repaired) where the parser stopped.
    pub error: Option<usize>,
    /// True when the parse was given up for its depth.
    pub too_deep: bool,
}

impl Parsed<'_> {
    /// True when the text was read to its end.
    pub fn is_whole(&self) -> bool {
        self.error.is_none() && !self.too_deep
    }
}

/// Parses `text`, which begins at byte `base` of the repaired text; places lead to the file.
pub fn parse<'a>(text: &'a str, base: usize, repaired: &Repaired<'_>) -> Parsed<'a> {
    let quick = if base == 0 && repaired.is_unchanged() { read_plain(text) } else { None };
    quick.map_or_else(|| parse_events(text, base, repaired), |tree| Parsed { tree, ..Parsed::default() })
}

/// The same by the parser alone, which reads whatever YAML there is.
pub fn parse_events<'a>(text: &'a str, base: usize, repaired: &Repaired<'_>) -> Parsed<'a> {
    let mut builder = Builder {
        text,
        base,
        repaired,
        out: Parsed::default(),
        open: Vec::new(),
        documents: 0,
        at: 0,
        said: 0,
        word: (0, 0),
    };
    let options = granit_parser::options! { emit_unresolved_aliases: true, emit_anchor_events: true };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if !builder.take(event, &span) {
                    // What follows is unknown, as after any other error.
                    builder.out.too_deep = true;
                    break;
                }
            }
            Err(error) => {
                builder.out.error = Some(base + error_offset(text, &error));
                break;
            }
        }
    }
    builder.out
}

fn error_offset(text: &str, error: &ScanError) -> usize {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A container whose end has not come yet.
struct Open {
    node: NodeId,
    key: Option<NodeId>,
}

struct Builder<'a, 'r> {
    text: &'a str,
    base: usize,
    repaired: &'r Repaired<'r>,
    out: Parsed<'a>,
    open: Vec<Open>,
    documents: usize,
    /// Where the present event begins in `text`.
    at: usize,
    /// Where the words before it end: of a value or a remark.
    said: usize,
    /// The last word looked at for a tag: where it begins, and how far it was looked at.
    word: (usize, usize),
}

impl<'a> Builder<'a, '_> {
    /// Takes one event; false stops the parse (too deep).
    fn take(&mut self, event: Event<'a>, raw: &RawSpan) -> bool {
        let local = raw.byte_range().unwrap_or(0..0);
        self.at = local.start;
        match event {
            Event::DocumentStart(explicit, version) => self.document(explicit, version.is_some(), &local),
            Event::Comment(text, _) => {
                let span = self.place(local.start, local.end);
                self.out.tree.comments.push((span, text));
                self.said = local.end;
            }
            Event::Scalar(text, style, _, tag) => {
                if tag.is_some() {
                    self.refuse_tag(&local);
                }
                let node = self.scalar(text, style, local.start, local.end);
                self.add(node);
                self.said = local.end;
            }
            Event::SequenceStart(style, _, tag) => {
                return self.start(Kind::List(Vec::new()), style, tag.is_some(), &local);
            }
            Event::MappingStart(style, _, tag) => {
                return self.start(Kind::Map(Vec::new()), style, tag.is_some(), &local);
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(&local),
            Event::Anchor(..) => self.refuse(Unsupported::Anchor, &local),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(Unsupported::Alias, &local);
                let span = self.place(local.start, local.end);
                self.add(Node { span, kind: Kind::Blank });
            }
            _ => {}
        }
        true
    }

    fn place(&self, start: usize, end: usize) -> Span {
        self.repaired.original_span(Span::new(self.base + start, self.base + end))
    }

    fn refuse(&mut self, what: Unsupported, local: &std::ops::Range<usize>) {
        let span = self.place(local.start, local.end);
        self.out.faults.push(Fault::new(span, FaultKind::Unsupported(what)));
    }

    /// The tag stands before the value whose place is known.
    fn refuse_tag(&mut self, local: &std::ops::Range<usize>) {
        let before = self.text.get(..local.start).unwrap_or_default().trim_end();
        // A line may hold thousands of tags without a space: never look at the same bytes again.
        let (begun, seen) = if before.len() >= self.word.1 { self.word } else { (0, 0) };
        let fresh = before.get(seen..).unwrap_or_default();
        let start = fresh.rfind([' ', '\n', '\t']).map_or(begun, |at| seen + at + 1);
        self.word = (start, before.len());
        let tag = before.get(start..).is_some_and(|word| word.starts_with('!'));
        let end = before.len();
        let place = if tag { start..end } else { local.clone() };
        self.refuse(Unsupported::Tag, &place);
    }

    fn document(&mut self, explicit: bool, version: bool, local: &std::ops::Range<usize>) {
        self.documents += 1;
        if self.documents > 1 {
            self.refuse(Unsupported::SecondDocument, local);
        } else if version || (explicit && self.text[..local.start].lines().any(|line| line.starts_with('%'))) {
            let at = self.text.find('%').unwrap_or(0);
            self.refuse(Unsupported::Directive, &(at..at + 1));
        }
    }

    fn scalar(&self, text: std::borrow::Cow<'a, str>, style: ScalarStyle, start: usize, end: usize) -> Node<'a> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Quoted,
        };
        if start == end && style == Style::Plain {
            return Node { span: self.place(start, end), kind: Kind::Blank };
        }
        let (start, end) = match style {
            Style::Literal | Style::Folded => trim_block(self.text, start, end),
            _ => (start, end),
        };
        Node { span: self.place(start, end), kind: Kind::Scalar { text, style } }
    }

    fn start(&mut self, kind: Kind<'a>, style: StructureStyle, tagged: bool, local: &std::ops::Range<usize>) -> bool {
        if tagged {
            self.refuse_tag(local);
        }
        let start = self.place(local.start, local.start);
        let deep = self.open.len() >= MAX_DEPTH;
        if deep {
            self.out.faults.push(Fault::new(start, FaultKind::TooDeep));
            return false;
        }
        // A block container begins at its first child; a flow one at its bracket.
        let span = if style == StructureStyle::Flow {
            self.place(local.start, local.end)
        } else {
            Span { start: u32::MAX, end: start.start }
        };
        let node = self.add(Node { span, kind });
        self.open.push(Open { node, key: None });
        true
    }

    fn finish(&mut self, local: &std::ops::Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let closing = (local.end > local.start).then(|| self.place(local.start, local.end));
        let node = &mut self.out.tree.nodes[open.node.0 as usize];
        if let Some(closing) = closing {
            node.span.end = node.span.end.max(closing.end);
        }
        if node.span.start == u32::MAX {
            node.span.start = node.span.end;
        }
        if let Kind::Map(fields) = &node.kind {
            let fields = fields.clone();
            self.find_duplicates(&fields);
        }
        let span = self.out.tree.nodes[open.node.0 as usize].span;
        self.grow_parent(span);
    }

    fn grow_parent(&mut self, span: Span) {
        if let Some(parent) = self.open.last() {
            let parent = &mut self.out.tree.nodes[parent.node.0 as usize].span;
            parent.start = parent.start.min(span.start);
            parent.end = parent.end.max(span.end);
        }
    }

    /// Adds a node as the next child of the innermost open container.
    fn add(&mut self, node: Node<'a>) -> NodeId {
        let id = NodeId(Span::at(self.out.tree.nodes.len()).start);
        let (span, container) = (node.span, matches!(node.kind, Kind::List(_) | Kind::Map(_)));
        self.out.tree.nodes.push(node);
        match self.open.last_mut() {
            None => {
                if self.out.tree.root.is_none() {
                    self.out.tree.root = Some(id);
                }
            }
            Some(parent) => {
                let key = parent.key.take();
                match (&mut self.out.tree.nodes[parent.node.0 as usize].kind, key) {
                    (Kind::List(children), _) => children.push(id),
                    (Kind::Map(fields), Some(key)) => fields.push((key, id)),
                    (_, _) => {
                        parent.key = Some(id);
                        self.check_key(span, container);
                    }
                }
            }
        }
        if !container {
            self.grow_parent(span);
        }
        id
    }

    fn check_key(&mut self, span: Span, container: bool) {
        if container {
            self.out
                .faults
                .push(Fault::new(Span::at(span.end as usize), FaultKind::Unsupported(Unsupported::ComplexKey)));
            return;
        }
        // `? key`: only white space lies between the sign and the key, and no words end with it.
        let gap = self.text.get(..self.at).unwrap_or_default();
        let before = gap.trim_end_matches([' ', '\n', '\r', '\t']);
        let Some(head) = before.strip_suffix('?').filter(|head| head.len() >= self.said) else { return };
        let alone = head.chars().next_back().is_none_or(|c| matches!(c, ' ' | '\n' | '-' | '{' | '[' | ','));
        if alone && before.len() < gap.len() {
            self.refuse(Unsupported::ExplicitKey, &(head.len()..head.len() + 1));
        }
    }

    fn find_duplicates(&mut self, fields: &[(NodeId, NodeId)]) {
        let tree = &self.out.tree;
        let mut seen: std::collections::HashMap<&str, Span> = std::collections::HashMap::with_capacity(fields.len());
        let mut found = Vec::new();
        for (key, _) in fields {
            let Some(text) = tree.text(*key) else { continue };
            let span = tree.span(*key);
            match seen.get(text) {
                Some(first) => {
                    found.push(Fault::new(span, FaultKind::DuplicateKey { key: text.to_owned(), first: *first }))
                }
                None => {
                    seen.insert(text, span);
                }
            }
        }
        self.out.faults.extend(found);
    }
}

/// A block text without the indentation before its first word and the blank lines after its last.
fn trim_block(text: &str, start: usize, end: usize) -> (usize, usize) {
    let body = &text[start..end];
    let lead = body.len() - body.trim_start_matches([' ', '\n', '\r']).len();
    let tail = body.trim_end_matches([' ', '\n', '\r', '\t']).len();
    if lead >= tail { (start, start) } else { (start + lead, start + tail) }
}
