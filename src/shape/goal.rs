//! A goal (組織目標) of a plan, CONTRACT 1.3.

use super::plan::{CITES, EXTRA, REVIEWED, TEXTS};
use super::{Choice, Kind, Shape, Target, field};
use crate::lang::bi;

/// Whether a measure counts effects or activity.
pub(crate) const MEASURE_KIND: &[Choice] = &[
    Choice { id: "outcome", ja: &["成果", "成果指標"], en: "outcome" },
    Choice { id: "output", ja: &["活動", "活動指標"], en: "output" },
];

/// Which direction of a measure is good.
pub(super) const BETTER: &[Choice] = &[
    Choice { id: "higher", ja: &["高いほどよい", "多いほどよい"], en: "higher is better" },
    Choice { id: "lower", ja: &["低いほどよい", "少ないほどよい"], en: "lower is better" },
    Choice { id: "same", ja: &["維持"], en: "keep" },
];

/// How far a goal is.
pub(crate) const PROGRESS_STATE: &[Choice] = &[
    Choice { id: "not_started", ja: &["未着手"], en: "not started" },
    Choice { id: "on_track", ja: &["予定どおり", "予定通り"], en: "on track" },
    Choice { id: "behind", ja: &["遅れ"], en: "behind" },
    Choice { id: "achieved", ja: &["達成"], en: "achieved" },
    Choice { id: "partly", ja: &["一部達成"], en: "partly" },
    Choice { id: "unmet", ja: &["未達成"], en: "unmet" },
    Choice { id: "stopped", ja: &["中止"], en: "stopped" },
];

static GOAL_REFERENCE: Shape = Shape {
    title: bi("上位の計画", "Higher plan"),
    fields: &[
        field(
            "id",
            "計画",
            Kind::Ref(Target::Reference),
            bi("references.yaml にある計画です。", "A plan of references.yaml."),
        ),
        field("node", "区分", Kind::Ref(Target::Node), bi("その計画の中の区分です。", "A part of that plan.")),
        field("at", "箇所", Kind::Text, bi("施策の番号などです。", "The place in it.")),
    ],
};

static POINT: Shape = Shape {
    title: bi("現状値", "Baseline"),
    fields: &[
        field("value", "値", Kind::Number, bi("数値です。", "The number.")),
        field("state", "状態", Kind::Text, bi("数で表せないときの言葉です。", "In words, where no number fits.")),
        field("at", "時点", Kind::Date, bi("省くと前年度末です。", "Defaults to the end of last year.")),
    ],
};

static TARGET: Shape = Shape {
    title: bi("目標値", "Target"),
    fields: &[
        field("value", "値", Kind::Number, bi("数値です。", "The number.")),
        field("state", "状態", Kind::Text, bi("目標とする状態です。", "In words, where no number fits.")),
        field("by", "期限", Kind::Date, bi("省くと年度末です。", "Defaults to the end of the year.")),
    ],
};

static MEASURE: Shape = Shape {
    title: bi("指標", "Measure"),
    fields: &[
        field("name", "指標名", Kind::Text, bi("何を測るかです。", "What is measured.")),
        field(
            "kind",
            "種類",
            Kind::Choice(MEASURE_KIND),
            bi("成果指標（outcome）か活動指標（output）かです。", "Outcome or output."),
        ),
        field("unit", "単位", Kind::Text, bi("人、件、％などです。", "Persons, cases, per cent and so on.")),
        field("better", "よい方向", Kind::Choice(BETTER), bi("省くと、高いほどよい指標です。", "Higher unless said.")),
        field(
            "counted_from",
            "累計の起点",
            Kind::Date,
            bi("複数年の累計のとき、数え始めた日です。", "Only for a running total over years."),
        ),
        field("baseline", "現状値", Kind::One(&POINT), bi("今の値です。", "Where it stands.")),
        field("target", "目標値", Kind::One(&TARGET), bi("年度末までに達する値です。", "Where it shall be.")),
    ],
};

static ACTION: Shape = Shape {
    title: bi("取組・手順", "Action"),
    fields: &[
        field("what", "内容", Kind::Text, bi("何をするかです。", "What is done.")),
        field("by", "期限", Kind::Date, bi("いつまでに行うかです。", "By when.")),
    ],
};

static BUDGET: Shape = Shape {
    title: bi("予算事業", "Budget"),
    fields: &[
        field("project", "事業名", Kind::Text, bi("予算書の事業名です。", "The project.")),
        field("thousand_yen", "予算額（千円）", Kind::Number, bi("当初予算の額（千円）です。", "Thousands of yen.")),
        field("start", "着手日", Kind::Date, bi("事業に着手する日です。", "When it begins.")),
        field(
            "late_reason",
            "遅く着手する理由",
            Kind::Text,
            bi("早期着手の期限より遅いときに書きます。", "Where it starts late."),
        ),
    ],
};

static ACTUAL: Shape = Shape {
    title: bi("実績値", "Actual"),
    fields: &[
        field("measure", "指標名", Kind::Ref(Target::Measure), bi("この目標の指標名です。", "The goal's measure.")),
        field("value", "値", Kind::Number, bi("数値です。", "The number.")),
        field("state", "状態", Kind::Text, bi("数で表せないときの言葉です。", "In words.")),
    ],
};

static PROGRESS: Shape = Shape {
    title: bi("進捗", "Progress"),
    fields: &[
        field(
            "period",
            "時期",
            Kind::Ref(Target::Period),
            bi("年度半ば（mid）や年度末（end）です。", "Mid-year or year-end."),
        ),
        field("as_of", "時点", Kind::Date, bi("いつの状況かです。", "As of which day.")),
        field(
            "state",
            "進み具合",
            Kind::Choice(PROGRESS_STATE),
            bi("未着手、予定どおり、遅れ、達成などです。", "Not started, on track, behind, achieved and so on."),
        ),
        field(
            "rating",
            "評価",
            Kind::Ref(Target::Rating),
            bi("kpolicy.yaml の ratings にある評価です。", "One of the city's ratings."),
        ),
        field("actuals", "実績値", Kind::List(&Kind::One(&ACTUAL)), bi("指標ごとの実績です。", "Actuals by measure.")),
        field("reason", "理由", Kind::Text, bi("遅れや未達成の理由です。", "Why it is behind.")),
        field("next", "次にすること", Kind::Text, bi("次に何をするかです。", "What comes next.")),
    ],
};

/// A goal (組織目標).
pub(super) static GOAL: Shape = Shape {
    title: bi("組織目標", "Goal"),
    fields: &[
        field(
            "id",
            "番号",
            Kind::GoalId,
            bi(
                "G1 のように書きます。一度使った番号は使い回しません。",
                "Such as G1; never used again for another goal.",
            ),
        )
        .required(),
        field(
            "title",
            "目標名",
            Kind::Text,
            bi("何を成し遂げるかを短く書きます。", "What is to be achieved, in short."),
        )
        .required(),
        field("issue", "課題", Kind::Text, bi("今の課題です。", "The present issue.")),
        field("outcome", "成果", Kind::Text, bi("市民にとって何が変わるかです。", "What changes for citizens."))
            .required(),
        field(
            "continues",
            "前年度から継続",
            Kind::Ref(Target::PastGoal),
            bi("前年度の目標（2024:G3）です。", "Last year's goal (2024:G3)."),
        ),
        REVIEWED,
        field(
            "cites",
            "応える項目",
            CITES,
            bi(
                "この目標が応える基本方針の項目又は部分です。",
                "The items or clauses of the basic policy that this goal answers.",
            ),
        ),
        field(
            "division",
            "担当課",
            Kind::Ref(Target::OwnDivision),
            bi("中心となる課です。", "The division in charge."),
        ),
        field(
            "partners",
            "連携する部",
            Kind::List(&Kind::Ref(Target::Unit)),
            bi("庁内で連携する部や課です。", "Departments or divisions that act with us."),
        ),
        field(
            "outside_partners",
            "庁外の連携先",
            TEXTS,
            bi("指定管理者など、庁外の相手です。", "Partners outside the city hall."),
        ),
        field(
            "references",
            "上位の計画",
            Kind::List(&Kind::One(&GOAL_REFERENCE)),
            bi("根拠となる上位の計画です。", "Higher plans."),
        ),
        field("legal_basis", "根拠法令", TEXTS, bi("根拠となる法令です。", "Laws it rests on.")),
        field(
            "viewpoints",
            "視点",
            Kind::Map(Some(Target::Viewpoint), &Kind::Text),
            bi("全ての目標で答える視点です。", "Viewpoints that every goal answers."),
        ),
        field(
            "measures",
            "指標",
            Kind::List(&Kind::One(&MEASURE)),
            bi("達したかどうかを測る指標です。", "How success is measured."),
        ),
        field(
            "no_measures",
            "指標を置かない理由",
            Kind::Text,
            bi("指標がないときの理由です。", "Why there is no measure."),
        ),
        field("actions", "取組", Kind::List(&Kind::One(&ACTION)), bi("手順と期限です。", "Steps with dates.")),
        field(
            "budget",
            "予算",
            Kind::List(&Kind::One(&BUDGET)),
            bi("予算事業と着手日です。", "Budget projects and their start."),
        ),
        field(
            "progress",
            "進捗",
            Kind::List(&Kind::One(&PROGRESS)),
            bi("年度半ばと年度末の状況です。", "Mid-year and year-end entries."),
        ),
        EXTRA,
    ],
};
