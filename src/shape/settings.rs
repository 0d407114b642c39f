//! The city's settings, `policy/kpolicy.yaml`, CONTRACT 1.2.

use super::{Choice, Kind, Shape, Target, field};
use crate::lang::bi;

/// Languages.
pub(super) const LANG: &[Choice] =
    &[Choice { id: "ja", ja: &["日本語"], en: "Japanese" }, Choice { id: "en", ja: &["英語"], en: "English" }];

/// Levels of a rule.
pub(super) const LEVEL: &[Choice] = &[
    Choice { id: "error", ja: &["要修正"], en: "error" },
    Choice { id: "warning", ja: &["要確認"], en: "warning" },
    Choice { id: "info", ja: &["参考"], en: "info" },
    Choice { id: "off", ja: &["点検しない"], en: "off" },
];

static PERIOD: Shape = Shape {
    title: bi("報告の時期", "Period"),
    fields: &[
        field("id", "記号", Kind::Name, bi("時期の記号です。", "The period's id.")).required(),
        field("label", "名称", Kind::Text, bi("時期の名称です。", "Its name.")),
        field("as_of", "時点", Kind::MonthDay, bi("状況を見る日（\"09-30\"）です。", "The day looked at (\"09-30\").")),
        field(
            "due",
            "提出期限",
            Kind::MonthDay,
            bi("記入の期限（\"10-31\"）です。", "When the entry is due (\"10-31\")."),
        ),
    ],
};

static MAX_CITES: Shape = Shape {
    title: bi("応える項目の上限", "Most items answered at once"),
    fields: &[
        field("response", "部の方針", Kind::Count, bi("一つの部の方針で応える項目の上限です。", "Of one response.")),
        field("goal", "目標", Kind::Count, bi("一つの目標で応える項目の上限です。", "Of one goal.")),
    ],
};

/// The settings.
pub static SETTINGS: Shape = Shape {
    title: bi("市の設定", "Settings of the city"),
    fields: &[
        field("city", "市の名称", Kind::Text, bi("市の名称です。", "The city's name.")),
        field("lang", "言語", Kind::Choice(LANG), bi("画面の言語です。", "Language of messages.")),
        field(
            "as_of",
            "判断する日",
            Kind::Date,
            bi(
                "この日の時点として点検します。省くと今日です。",
                "The day on which this folder is judged; today unless said.",
            ),
        ),
        field(
            "ratings",
            "評価",
            Kind::List(&Kind::Text),
            bi("進捗の評価に使う記号です。", "The ratings used in progress."),
        ),
        field(
            "periods",
            "報告の時期",
            Kind::List(&Kind::One(&PERIOD)),
            bi("年度半ばと年度末です。", "Mid-year and year-end."),
        ),
        field(
            "early_start_by",
            "早期着手の期限",
            Kind::MonthDay,
            bi("この日までの着手を早期着手とします。", "What counts as an early start."),
        ),
        field(
            "max_cites",
            "応える項目の上限",
            Kind::One(&MAX_CITES),
            bi("一つの目標や方針で応える項目の上限です。", "How many items one answer may cite."),
        ),
        field(
            "rules",
            "点検の決まり",
            Kind::Map(Some(Target::Rule), &Kind::Choice(LEVEL)),
            bi("点検の決まりの重さを変えます。例 K405: warning", "Changes the level of a rule, such as K405: warning."),
        ),
    ],
};
