//! Single values: texts, numbers, truth, one of a few words.

use crate::model::decode::container::each;
use crate::model::decode::{Decoder, Object, is_spaces};
use crate::model::numberlike::{
    canonical_number, is_boolean, is_canonical_number, is_null, is_number_like, would_be_rounded,
};
use crate::model::values::{Text, Val, has_placeholder};
use crate::model::{Found, ShapeFaultKind};
use crate::place::Span;
use crate::shape::{Choice, Kind};
use crate::source::{Kind as NodeKind, NodeId, Style};

impl<'t> Decoder<'t> {
    /// A text.
    pub fn text(&mut self, object: &Object, key: &str) -> Option<Text> {
        let (field, node) = self.slot(object, key)?;
        self.text_at(node, &field.kind)
    }

    /// A list of texts.
    pub fn texts(&mut self, object: &Object, key: &str) -> Vec<Text> {
        let Some((kind, nodes)) = self.entries(object, key) else { return Vec::new() };
        each(&nodes, |node| self.text_at(node, kind))
    }

    /// A number in the form every YAML reader takes alike.
    pub fn number(&mut self, object: &Object, key: &str) -> Option<Val<f64>> {
        let (field, node) = self.slot(object, key)?;
        let (digits, span) = self.digits(node, &field.kind)?;
        if would_be_rounded(&digits) {
            // Another spelling has its own finding already.
            if self.tree.text(node) == Some(&digits) {
                self.fault(span, wrong(&field.kind, Found::Value));
            }
            return None;
        }
        digits.parse().ok().map(|value| Val { value, span })
    }

    /// A whole number from 0 to 9999.
    pub fn count(&mut self, object: &Object, key: &str) -> Option<Val<u16>> {
        let (field, node) = self.slot(object, key)?;
        let (digits, span) = self.digits(node, &field.kind)?;
        // For editors and other readers 2025.0 is a whole number too.
        let (digits, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let digits = if digits == "-0" { "0" } else { digits };
        let fits = digits.len() <= 4 && fraction.bytes().all(|digit| digit == b'0');
        let whole = digits.parse().ok().filter(|_| fits);
        if whole.is_none() {
            self.fault(span, wrong(&field.kind, Found::Value));
        }
        whole.map(|value| Val { value, span })
    }

    /// The digits of a number, in their canonical form where another one is surely meant.
    fn digits(&mut self, node: NodeId, want: &'static Kind) -> Option<(String, Span)> {
        let (text, style, span) = self.scalar(node, want)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        if is_spaces(text) || (style == Style::Plain && is_null(text)) {
            return None;
        }
        if is_canonical_number(text) {
            return Some((text.to_owned(), span));
        }
        let instead = canonical_number(text);
        let kind = match &instead {
            Some(_) if style == Style::Plain && is_number_like(text) => {
                ShapeFaultKind::NumberLike { text: text.to_owned(), want, instead: instead.clone() }
            }
            _ => ShapeFaultKind::WrongType { want, found: Found::Value, instead: instead.clone() },
        };
        self.fault(span, kind);
        Some((instead?, span))
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
            text if style == Style::Plain && is_boolean(text) => {
                let value = matches!(text.to_ascii_lowercase().as_str(), "y" | "yes" | "on" | "true");
                let instead = Some(value.to_string());
                self.fault(span, ShapeFaultKind::NumberLike { text: text.to_owned(), want: &field.kind, instead });
                Some(Val { value, span })
            }
            _ => {
                self.fault(span, wrong(&field.kind, Found::Value));
                None
            }
        }
    }

    /// One of a few words: the word's index in `choices`.
    pub fn choice(&mut self, object: &Object, key: &str) -> Option<Val<&'static Choice>> {
        let (field, node) = self.slot(object, key)?;
        let Kind::Choice(choices) = field.kind else { return None };
        self.choice_at(node, choices, &field.kind)
    }

    /// K212: spaces or line ends around an id or word inside quotes or a block.
    pub(super) fn spaced(&mut self, node: NodeId, want: &str, span: Span) {
        let found = self.tree.text(node).unwrap_or(want);
        if found != want {
            self.fault(span, ShapeFaultKind::Spelling { found: found.to_owned(), want: want.to_owned() });
        }
    }

    pub(super) fn choice_at(
        &mut self,
        node: NodeId,
        choices: &'static [Choice],
        want: &'static Kind,
    ) -> Option<Val<&'static Choice>> {
        let (text, style, span) = self.scalar(node, want)?;
        let bare = text.trim();
        if let Some(choice) = choices.iter().find(|choice| choice.id == bare) {
            self.spaced(node, choice.id, span);
            return Some(Val { value: choice, span });
        }
        if let Some(choice) = choices.iter().find(|choice| means(choice, bare)) {
            self.fault(span, ShapeFaultKind::Spelling { found: text.to_owned(), want: choice.id.to_owned() });
            return Some(Val { value: choice, span });
        }
        if bare.is_empty() || (style == Style::Plain && is_null(text)) {
            return None;
        }
        let text = text.to_owned();
        let kind = if has_placeholder(&text) {
            ShapeFaultKind::Placeholder
        } else if style == Style::Plain && is_number_like(&text) {
            ShapeFaultKind::NumberLike { text, want, instead: None }
        } else {
            ShapeFaultKind::NotAllowed { text, choices }
        };
        self.fault(span, kind);
        None
    }

    /// The scalar of a node, or a report that something else is there.
    pub(super) fn scalar(&mut self, node: NodeId, want: &'static Kind) -> Option<(&'t str, Style, Span)> {
        let tree = self.tree;
        let span = tree.span(node);
        match &tree.node(node).kind {
            NodeKind::Scalar { text, style } => Some((text.as_ref(), *style, span)),
            NodeKind::Blank => None,
            NodeKind::List(_) => {
                self.fault(span, wrong(want, Found::List));
                None
            }
            NodeKind::Map(_) => {
                self.fault(span, wrong(want, Found::Fields));
                None
            }
        }
    }

    /// A scalar that is meant: no null, no placeholder.
    pub(super) fn word(&mut self, node: NodeId, want: &'static Kind) -> Option<(&'t str, Style, Span)> {
        let (text, style, span) = self.scalar(node, want)?;
        if is_spaces(text) || (style == Style::Plain && is_null(text)) {
            return None;
        }
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        Some((text.trim(), style, span))
    }

    pub(super) fn text_at(&mut self, node: NodeId, want: &'static Kind) -> Option<Text> {
        let (text, style, span) = self.scalar(node, want)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
        } else if style == Style::Plain && is_number_like(text) {
            // Where something must stand, null is reported as missing (K102).
            let missing = is_null(text) && self.field.is_some_and(|field| field.required);
            if !missing {
                self.fault(span, quoted(text, want));
            }
            if is_null(text) {
                return None;
            }
        }
        if style == Style::Plain {
            self.cut_by_hash(span);
        }
        let folded = style == Style::Folded || (style != Style::Literal && self.has_lines(span));
        if folded && text.chars().any(is_japanese) {
            self.fault(span, ShapeFaultKind::Folded);
        }
        (!is_spaces(text)).then(|| Text { value: self.words(text), span })
    }

    fn has_lines(&self, span: Span) -> bool {
        self.source.get(span.range()).is_some_and(|text| text.contains('\n'))
    }

    /// K009: ` #` and a word right after a plain text.
    fn cut_by_hash(&mut self, span: Span) {
        let Some(rest) = self.source.get(span.end as usize..) else { return };
        // The line is looked at only where there is a sign: it may hold many texts.
        if !rest.trim_start_matches([' ', '\t']).starts_with('#') {
            return;
        }
        let line = rest.lines().next().unwrap_or_default();
        let Some(comment) = line.trim_start_matches([' ', '\t']).strip_prefix('#') else { return };
        if comment.starts_with(|c: char| !c.is_whitespace() && c != '#') {
            let start = span.end as usize + line.len() - comment.len() - 1;
            let lost = Span::new(start, span.end as usize + line.trim_end().len());
            self.fault(lost, ShapeFaultKind::CutByHash { kept: span });
        }
    }

    pub(super) fn text_or_number(&mut self, node: NodeId, want: &'static Kind) -> Option<Text> {
        let (text, style, span) = self.scalar(node, want)?;
        if style == Style::Plain && is_canonical_number(text) {
            return Some(Text { value: self.words(text), span });
        }
        self.text_at(node, want)
    }
}

/// K107 for a plain text: quotes make it one for every reader.
pub(super) fn quoted(text: &str, want: &'static Kind) -> ShapeFaultKind {
    ShapeFaultKind::NumberLike { text: text.to_owned(), want, instead: Some(format!("\"{text}\"")) }
}

/// K103 where nothing else can have been meant.
pub(super) fn wrong(want: &'static Kind, found: Found) -> ShapeFaultKind {
    ShapeFaultKind::WrongType { want, found, instead: None }
}

/// True for kana, kanji and the signs that go with them: no space stands between such words.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{323af}')
}

/// True for a Japanese label of the word, or the word in another case or width.
fn means(choice: &Choice, text: &str) -> bool {
    let folded = crate::nearest::fold(text);
    choice.ja.iter().any(|label| *label == text || crate::nearest::fold(label) == folded)
        || choice.id == folded.to_ascii_lowercase()
}
