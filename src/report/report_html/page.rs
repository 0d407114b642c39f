//! Writes markup. Fixed markup is `&'static str` and everything else is escaped, so that nothing a
//! plan says can become markup: there is no other way to add to a page.

use std::fmt::Write as _;

use crate::report::escape;

/// A page being written.
#[derive(Default)]
pub(super) struct Page {
    out: String,
}

impl Page {
    /// Markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Page {
        self.out.push_str(markup);
        self
    }

    /// Text, or the inside of a quoted attribute.
    pub(super) fn text(&mut self, words: &str) -> &mut Page {
        self.out.push_str(&escape::html(words));
        self
    }

    /// Text whose lines stay lines.
    pub(super) fn lines(&mut self, words: &str) -> &mut Page {
        for (at, line) in words.lines().enumerate() {
            if at > 0 {
                self.raw("<br>");
            }
            self.text(line);
        }
        self
    }

    /// A number.
    pub(super) fn count(&mut self, count: usize) -> &mut Page {
        _ = write!(self.out, "{count}");
        self
    }

    /// A coordinate of a drawing.
    pub(super) fn at(&mut self, place: f64) -> &mut Page {
        _ = write!(self.out, "{}", (place * 10.0).round() / 10.0);
        self
    }

    /// `<p class="meta">…</p>`
    pub(super) fn meta(&mut self, words: &str) -> &mut Page {
        self.raw("<p class=\"meta\">").text(words).raw("</p>\n")
    }

    /// A name and what is said under it; nothing where nothing is said.
    pub(super) fn field(&mut self, name: &str, words: &str) -> &mut Page {
        if words.is_empty() {
            return self;
        }
        self.raw("<dt>").text(name).raw("</dt><dd>").lines(words).raw("</dd>\n")
    }

    /// A link to a place in the page.
    pub(super) fn link(&mut self, anchor: &str, words: &str) -> &mut Page {
        self.raw("<a href=\"#").text(anchor).raw("\">").text(words).raw("</a>")
    }

    /// The inside of a data element: no `<` of it can end the element.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> &mut Page {
        let text = escape::json(value);
        self.out.push_str(&text.trim_end().replace('<', "\\u003c"));
        self
    }

    /// The whole page.
    pub(super) fn finish(self) -> String {
        self.out
    }
}
