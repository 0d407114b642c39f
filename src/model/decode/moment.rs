//! Days and times: ISO exactly, other ways understood and reported.

use unicode_normalization::UnicodeNormalization;

use crate::date::{Date, DateTime, MonthDay};
use crate::ids;
use crate::model::ShapeFaultKind;
use crate::model::decode::{Decoder, Object, is_spaces};
use crate::model::numberlike::is_null;
use crate::model::values::{Val, has_placeholder};
use crate::source::Style;

impl Decoder<'_> {
    /// A day; other ways to write one are K105 and understood.
    pub fn date(&mut self, object: &Object, key: &str) -> Option<Val<Date>> {
        self.moment(object, key, "YYYY-MM-DD", Date::parse_iso, Date::parse_loose)
    }

    /// A day and time.
    pub fn date_time(&mut self, object: &Object, key: &str) -> Option<Val<DateTime>> {
        self.moment(object, key, "YYYY-MM-DDTHH:MM", DateTime::parse, loose_time)
    }

    /// A day of every year.
    pub fn month_day(&mut self, object: &Object, key: &str) -> Option<Val<MonthDay>> {
        self.moment(object, key, "MM-DD", MonthDay::parse, loose_day)
    }

    fn moment<T: Shown>(
        &mut self,
        object: &Object,
        key: &str,
        form: &'static str,
        exact: fn(&str) -> Option<T>,
        loose: impl Fn(&str) -> Option<T>,
    ) -> Option<Val<T>> {
        let (field, node) = self.slot(object, key)?;
        let (text, style, span) = self.scalar(node, &field.kind)?;
        if has_placeholder(text) {
            self.fault(span, ShapeFaultKind::Placeholder);
            return None;
        }
        if is_spaces(text) || (style == Style::Plain && is_null(text)) {
            return None;
        }
        if let Some(value) = exact(text) {
            return Some(Val { value, span });
        }
        if let Some(inner) = ids::unwrap_quotes(text)
            && let Some(value) = exact(inner)
        {
            self.fault(span, ShapeFaultKind::Wrapped { found: text.to_owned(), want: inner.to_owned() });
            return Some(Val { value, span });
        }
        let value = loose(text);
        let read = value.as_ref().map(Shown::shown);
        self.fault(span, ShapeFaultKind::Date { text: text.to_owned(), read, form });
        value.map(|value| Val { value, span })
    }
}

/// `4/3 10:00` needs its year; `2025/4/3 10時`, `令和７年４月３日 10:00` do not.
fn loose_time(text: &str) -> Option<DateTime> {
    let folded: String = text.nfkc().collect();
    let (day, time) = folded.trim().split_once([' ', 'T'])?;
    let date = Date::parse_iso(day).or_else(|| Date::parse_loose(day))?;
    let (hour, minute) = time.trim().split_once([':', '時']).unwrap_or((time, ""));
    let minute = minute.trim_end_matches('分');
    let minute = if minute.is_empty() { "00" } else { minute };
    DateTime::parse(&format!("{date}T{hour:0>2}:{minute:0>2}"))
}

/// `９月30日`, `9/30`, or a whole date.
fn loose_day(text: &str) -> Option<MonthDay> {
    let date = Date::parse_loose(text).or_else(|| Date::parse_loose(&format!("2024年{text}")))?;
    Some(MonthDay { month: date.month, day: date.day })
}

/// A moment as its ISO text, for the fix of K105.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Date {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for DateTime {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for MonthDay {
    fn shown(&self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }
}
