//! Examples: lines of a whole city that is checked clean, cut out so that they stand where they
//! belong.

use std::collections::BTreeSet;

use crate::explain::{Entry, file_name};
use crate::place::{LineIndex, Span};
use crate::shape::FileKind;
use crate::source::{Kind as NodeKind, NodeId, Tree, apply, parse};

/// The files of the example city.
pub const FILES: [(&str, &str); 7] = [
    ("policy/kpolicy.yaml", include_str!("example/kpolicy.yaml")),
    ("policy/2025/policy.yaml", include_str!("example/policy.yaml")),
    ("policy/2025/references.yaml", include_str!("example/references.yaml")),
    ("policy/2025/organization.yaml", include_str!("example/organization.yaml")),
    ("policy/2025/interviews.yaml", include_str!("example/interviews.yaml")),
    ("departments/2025/kensetsu-kankyo.yaml", include_str!("example/plan.yaml")),
    ("departments/2025/seisaku.yaml", include_str!("example/seisaku.yaml")),
];

/// Lines of a list over which only its first entry is shown.
const LONG: u32 = 25;

/// The example of a field: its lines, under those that say where it stands.
pub fn cut(entry: &Entry) -> String {
    let text = text_of(entry.kind);
    let whole = apply(text, &[]);
    let parsed = parse(text, 0, &whole);
    let mut cut = Cut { tree: &parsed.tree, text, lines: LineIndex::new(text), kept: BTreeSet::new() };
    let keys: Vec<&str> = entry.way.iter().map(|field| field.key).collect();
    if let Some(root) = parsed.tree.root() {
        cut.down(root, &keys);
    }
    cut.kept.iter().map(|line| format!("{}\n", &text[cut.lines.line_span(text, *line).range()])).collect()
}

fn text_of(kind: FileKind) -> &'static str {
    let name = file_name(kind);
    FILES.iter().find(|(path, _)| *path == name).map_or("", |(_, text)| text)
}

struct Cut<'t> {
    tree: &'t Tree<'t>,
    text: &'t str,
    lines: LineIndex,
    kept: BTreeSet<u32>,
}

impl Cut<'_> {
    /// True where the whole way is there.
    fn holds(&self, node: NodeId, keys: &[&str]) -> bool {
        let Some((first, rest)) = keys.split_first() else { return true };
        match &self.tree.node(node).kind {
            NodeKind::List(entries) => entries.iter().any(|entry| self.holds(*entry, keys)),
            NodeKind::Map(_) => self.tree.get(node, first).is_some_and(|value| self.holds(value, rest)),
            _ => false,
        }
    }

    fn down(&mut self, node: NodeId, keys: &[&str]) {
        let tree = self.tree;
        let Some((first, rest)) = keys.split_first() else { return };
        match &tree.node(node).kind {
            NodeKind::List(entries) => {
                let Some(entry) = entries.iter().find(|entry| self.holds(**entry, keys)).copied() else { return };
                // What an entry begins with carries its dash, and tells people which one it is.
                if let NodeKind::Map(fields) = &tree.node(entry).kind
                    && let Some((key, value)) = fields.first()
                {
                    self.keep(*key, *value);
                }
                self.down(entry, keys);
            }
            NodeKind::Map(fields) => {
                let Some((key, value)) = fields.iter().find(|(name, _)| tree.text(*name) == Some(*first)) else {
                    return;
                };
                if rest.is_empty() {
                    self.keep_short(*key, *value);
                } else {
                    self.keep_lines(tree.span(*key));
                    self.down(*value, rest);
                }
            }
            _ => {}
        }
    }

    /// Of a long list of entries, the first alone.
    fn keep_short(&mut self, key: NodeId, value: NodeId) {
        let span = self.tree.span(value);
        let long = self.lines.line(span.end).saturating_sub(self.lines.line(span.start)) > LONG;
        match &self.tree.node(value).kind {
            NodeKind::List(entries) if long => entries.iter().take(1).for_each(|entry| self.keep(key, *entry)),
            _ => self.keep(key, value),
        }
    }

    fn keep(&mut self, key: NodeId, value: NodeId) {
        self.keep_lines(self.tree.span(key).join(self.tree.span(value)));
    }

    fn keep_lines(&mut self, span: Span) {
        let end = self.text.get(span.range()).map_or(span.end, |text| span.start + Span::at(text.trim_end().len()).end);
        self.kept.extend(self.lines.line(span.start)..=self.lines.line(end.saturating_sub(1).max(span.start)));
    }
}
