//! The city's settings.

use crate::date::{Date, FiscalYear, MonthDay};
use crate::lang::Lang;
use crate::model::{Decoder, Text, Val};
use crate::shape::SETTINGS;

/// How a rule is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not at all.
    Off,
    /// 参考: for information.
    Info,
    /// 要確認: worth a look.
    Warning,
    /// 要修正: must be mended.
    Error,
}

impl Level {
    /// The word in files and machine formats.
    pub fn id(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// Reads that word.
    pub fn from_id(id: &str) -> Option<Level> {
        [Level::Off, Level::Info, Level::Warning, Level::Error].into_iter().find(|level| level.id() == id)
    }

    /// The word for people.
    pub fn name(self) -> crate::lang::Bi {
        match self {
            Level::Off => crate::lang::bi("点検しない", "off"),
            Level::Info => crate::lang::bi("参考", "info"),
            Level::Warning => crate::lang::bi("要確認", "warning"),
            Level::Error => crate::lang::bi("要修正", "error"),
        }
    }
}

/// A reporting period.
#[derive(Debug, Clone)]
pub struct Period {
    /// Its id.
    pub id: Val<String>,
    /// Its name.
    pub label: Option<Text>,
    /// The day looked at.
    pub as_of: Option<Val<MonthDay>>,
    /// When the entry is due.
    pub due: Option<Val<MonthDay>>,
}

impl Period {
    /// The day looked at in a fiscal year.
    pub fn as_of_in(&self, year: FiscalYear) -> Option<Date> {
        self.as_of.as_ref().map(|day| year.on(day.value))
    }

    /// When the entry of a fiscal year is due: the first such day from the day looked at, so that
    /// `06-30` for the state of 31 March lies after the year.
    pub fn due_in(&self, year: FiscalYear) -> Option<Date> {
        let day = self.due.as_ref()?.value;
        let due = year.on(day);
        let before = self.as_of_in(year).is_some_and(|as_of| due < as_of);
        Some(if before { FiscalYear(year.0 + 1).on(day) } else { due })
    }

    /// Its label, else its id.
    pub fn title(&self) -> &str {
        self.label.as_ref().and_then(Text::says).unwrap_or(&self.id.value)
    }
}

/// The settings.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The city's name.
    pub city: Option<Text>,
    /// Language of messages.
    pub lang: Option<Lang>,
    /// The day on which the folder is judged.
    pub as_of: Option<Val<Date>>,
    /// The ratings used in progress.
    pub ratings: Vec<Text>,
    /// Mid-year and year-end.
    pub periods: Vec<Period>,
    /// What counts as an early start.
    pub early_start_by: Option<Val<MonthDay>>,
    /// Most citations of a response.
    pub max_response_cites: Option<u16>,
    /// Most citations of a goal.
    pub max_goal_cites: Option<u16>,
    /// Changed levels: the rule's code as written, and the level where it is one.
    pub levels: Vec<(Val<String>, Option<Level>)>,
}

impl Settings {
    /// Decodes `kpolicy.yaml`. A city may have none: everything then has its default.
    pub fn decode(d: &mut Decoder<'_>) -> Settings {
        let root = d.root(&SETTINGS);
        let lang = d.choice(&root, "lang").and_then(|choice| Lang::from_tag(choice.value.id));
        let periods = d.objects(&root, "periods").into_iter().filter_map(|o| {
            let (label, as_of, due) = (d.text(&o, "label"), d.month_day(&o, "as_of"), d.month_day(&o, "due"));
            Some(Period { id: d.own_name(&o, "id")?, label, as_of, due })
        });
        let periods = periods.collect();
        let max = d.object(&root, "max_cites");
        let mut most = |key: &str| max.as_ref().and_then(|o| d.count(o, key)).map(|count| count.value);
        let (max_response_cites, max_goal_cites) = (most("response"), most("goal"));
        let levels = d.levels(&root, "rules").into_iter();
        let levels =
            levels.map(|(code, level)| (code, level.and_then(|level| Level::from_id(level.value.id)))).collect();
        Settings {
            city: d.text(&root, "city"),
            lang,
            as_of: d.date(&root, "as_of"),
            ratings: d.texts(&root, "ratings"),
            periods,
            early_start_by: d.month_day(&root, "early_start_by"),
            max_response_cites,
            max_goal_cites,
            levels,
        }
    }
}
