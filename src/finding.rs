//! A finding: what is wrong, where, why, and what to type. Facts and words of one slip.

use crate::lang::Say;
use crate::model::Level;
use crate::place::Place;
use crate::rules::Rule;
use crate::source::Edit;

/// One finding. Sorted by path, offset, code.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its level, after settings and drafts.
    pub level: Level,
    /// Where; for a finding on a whole file, offset 0.
    pub place: Place,
    /// What is wrong: one sentence, no full stop.
    pub message: Say,
    /// A few words beside the underline.
    pub label: Say,
    /// Why it matters.
    pub why: Say,
    /// What to type.
    pub help: Say,
    /// The nearest allowed values: id and title.
    pub nearest: Vec<(String, String)>,
    /// A command that tells more.
    pub look: Option<String>,
    /// The line of the settings that gave it its level; also among `related`.
    pub level_set: Option<Place>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// A fix, where one is certain or likely.
    pub fix: Option<Fix>,
    /// The department it is about, by id.
    pub department: Option<String>,
    /// The item it is about, by id, where it speaks of an answer that is lacking.
    pub item: Option<String>,
    /// The other department that has to mend it, by id.
    pub waits_on: Option<String>,
    /// True for what a draft may still lack.
    pub unfinished: bool,
    /// Set by a rule whose finding waits for a draft other than the file's own.
    pub waits_for_draft: bool,
    /// The line in a draft's list 提出までに書くこと: heading and detail.
    pub todo: Option<(Say, Say)>,
}

/// Another place of a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: Say,
    /// Words quoted from there, shown under the place.
    pub quote: Option<String>,
}

/// A text edit that mends a finding.
#[derive(Debug, Clone)]
pub struct Fix {
    /// True when it is always right.
    pub safe: bool,
    /// What it does, in a few words.
    pub title: Say,
    /// The edits, all in the file of the finding.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// A finding with what is wrong and where.
    pub fn new(rule: &'static Rule, place: Place, message: Say) -> Finding {
        Finding {
            rule,
            level: rule.level,
            place,
            message,
            label: Say::default(),
            why: Say::default(),
            help: Say::default(),
            nearest: Vec::new(),
            look: None,
            level_set: None,
            related: Vec::new(),
            fix: None,
            department: None,
            item: None,
            waits_on: None,
            unfinished: false,
            waits_for_draft: false,
            todo: None,
        }
    }

    /// Adds the words beside the underline.
    pub fn label(mut self, label: Say) -> Finding {
        self.label = label;
        self
    }

    /// Adds why it matters.
    pub fn why(mut self, why: Say) -> Finding {
        self.why = why;
        self
    }

    /// Adds what to type.
    pub fn help(mut self, help: Say) -> Finding {
        self.help = help;
        self
    }

    /// Adds the nearest allowed values.
    pub fn nearest(mut self, nearest: Vec<(String, String)>) -> Finding {
        self.nearest = nearest;
        self
    }

    /// Adds a command that tells more.
    pub fn look(mut self, command: impl Into<String>) -> Finding {
        self.look = Some(command.into());
        self
    }

    /// Adds another place.
    pub fn related(mut self, place: Place, message: Say) -> Finding {
        self.related.push(Related { place, message, quote: None });
        self
    }

    /// Adds another place with the words that stand there.
    pub fn quoting(mut self, place: Place, message: Say, quote: String) -> Finding {
        self.related.push(Related { place, message, quote: Some(quote) });
        self
    }

    /// Adds a fix that is always right.
    pub fn fix(mut self, title: Say, edits: Vec<Edit>) -> Finding {
        self.fix = Some(Fix { safe: true, title, edits });
        self
    }

    /// Adds a fix that a person should look at.
    pub fn unsafe_fix(mut self, title: Say, edits: Vec<Edit>) -> Finding {
        self.fix = Some(Fix { safe: false, title, edits });
        self
    }

    /// Names the department it is about.
    pub fn of(mut self, department: &str) -> Finding {
        self.department = Some(department.to_owned());
        self
    }

    /// Names the item whose answer is lacking.
    pub fn about(mut self, item: impl ToString) -> Finding {
        self.item = Some(item.to_string());
        self
    }

    /// Adds its line in the list of a draft.
    pub fn todo(mut self, heading: Say, detail: Say) -> Finding {
        self.todo = Some((heading, detail));
        self
    }
}
