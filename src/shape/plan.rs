//! A department's plan (部の運営方針・組織目標), CONTRACT 1.3.

use super::{Choice, Field, Kind, Shape, Target, field};
use crate::lang::bi;

const TEXTS: Kind = Kind::List(&Kind::Text);
const CITES: Kind = Kind::List(&Kind::Cite);
const OWN_GOALS: Kind = Kind::List(&Kind::Ref(Target::OwnGoal));
const EXTRA: Field = field(
    "extra",
    "市独自の欄",
    Kind::Map(None, &Kind::TextOrNumber),
    bi("市独自の欄。印字しますが点検はしません。", "The city's own columns: printed, never judged."),
);
const REVIEWED: Field = field(
    "reviewed",
    "見直した日",
    Kind::Date,
    bi(
        "項目の文言が改まった後に、この内容を見直した日です。",
        "The day on which this was looked at again after an amendment.",
    ),
);

/// The states of a plan.
pub(super) const STATUS: &[Choice] = &[
    Choice { id: "draft", ja: &["下書き"], en: "draft" },
    Choice { id: "submitted", ja: &["提出済み", "提出"], en: "submitted" },
    Choice { id: "settled", ja: &["確定"], en: "settled" },
];

/// Whether a measure counts effects or activity.
pub(super) const MEASURE_KIND: &[Choice] = &[
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
pub(super) const PROGRESS_STATE: &[Choice] = &[
    Choice { id: "not_started", ja: &["未着手"], en: "not started" },
    Choice { id: "on_track", ja: &["予定どおり", "予定通り"], en: "on track" },
    Choice { id: "behind", ja: &["遅れ"], en: "behind" },
    Choice { id: "achieved", ja: &["達成"], en: "achieved" },
    Choice { id: "partly", ja: &["一部達成"], en: "partly" },
    Choice { id: "unmet", ja: &["未達成"], en: "unmet" },
    Choice { id: "stopped", ja: &["中止"], en: "stopped" },
];

static DATES: Shape = Shape {
    title: bi("計画の日付", "Dates of the plan"),
    fields: &[
        field("written", "作成日", Kind::Date, bi("計画を書いた日です。", "The day on which the plan was written.")),
        field("submitted", "提出日", Kind::Date, bi("計画を提出した日です。", "The day on which it was handed in.")),
    ],
};

static SIGNER: Shape = Shape {
    title: bi("計画に署名する者", "Who signs the plan"),
    fields: &[
        field("post", "職名", Kind::Text, bi("部長などの職の名称です。", "The post, such as head of the department.")),
        field("name", "氏名", Kind::Text, bi("発令の後に書きます。", "Written once the transfer is official.")),
        field(
            "since",
            "着任日",
            Kind::Date,
            bi(
                "この職に就いた日です。引継ぎの要否はこの日で決まります。",
                "The day of taking the post; decides whether a handover is due.",
            ),
        ),
        field("until", "離任日", Kind::Date, bi("年度の途中で離れた日です。", "The day of leaving within the year.")),
    ],
};

static HANDOVER: Shape = Shape {
    title: bi("事務引継ぎ", "Handover"),
    fields: &[
        field(
            "post",
            "職名",
            Kind::Text,
            bi(
                "引き継ぐ職の名称です。署名する者の職名と同じに書きます。",
                "The post handed over; the same as the signer's.",
            ),
        ),
        field(
            "predecessor",
            "前任者",
            Kind::Text,
            bi("発令の後に書きます。", "Written once the transfer is official."),
        ),
        field("successor", "後任者", Kind::Text, bi("発令の後に書きます。", "Written once the transfer is official.")),
        field("notified", "内示日", Kind::Date, bi("内示を受けた日です。", "The day of the advance notice.")),
        field(
            "completed",
            "引継完了日",
            Kind::Date,
            bi("引継ぎを終えた日です。", "The day on which the handover was complete."),
        ),
        field(
            "not_needed",
            "引継ぎが不要な理由",
            Kind::Text,
            bi("新設の職のためなど、引継ぎが要らない理由です。", "Why none is needed, such as a new post."),
        ),
        field("open_matters", "懸案事項", TEXTS, bi("引き継いだ未決の事項です。", "Matters still open.")),
    ],
};

static REVIEW: Shape = Shape {
    title: bi("検証・分析", "Review"),
    fields: &[
        field(
            "items",
            "対象の項目",
            Kind::List(&Kind::Subject),
            bi(
                "検証した項目、部分、又は昨年度の目標（2024:G3）です。",
                "Items, clauses or last year's goals (2024:G3) spoken of.",
            ),
        ),
        field(
            "goals",
            "対象の目標",
            OWN_GOALS,
            bi("検証した内容に対応する今年度の目標です。", "This year's goals spoken of."),
        ),
        field("status", "現在の状況", Kind::Text, bi("どこまでできているかです。", "How far it is.")),
        field("analysis", "分析", Kind::Text, bi("なぜそうなったかです。", "Why it is so.")),
        field("remaining", "残っていること", Kind::Text, bi("まだ終わっていないことです。", "What remains.")),
    ],
};

static INFORMATION: Shape = Shape {
    title: bi("情報収集", "Information"),
    fields: &[
        field("source", "情報の出どころ", Kind::Text, bi("どこから得た情報かです。", "Where it came from.")),
        field("date", "得た日", Kind::Date, bi("情報を得た日です。", "When it was obtained.")),
        field("finding", "分かったこと", Kind::Text, bi("計画に生かす内容です。", "What was learnt.")),
        field("goals", "生かす目標", OWN_GOALS, bi("この情報を生かす目標です。", "The goals that use it.")),
    ],
};

static REFORM: Shape = Shape {
    title: bi("業務改革", "Reform"),
    fields: &[
        field(
            "what",
            "改めること",
            Kind::Text,
            bi("仕事のやり方の何を改めるかです。", "What changes in how the work is done."),
        ),
        field("before", "前", Kind::Text, bi("改める前の姿です。例 １件40分", "Before, such as 40 minutes each.")),
        field("after", "後", Kind::Text, bi("改めた後の姿です。例 １件15分", "After, such as 15 minutes each.")),
        field("stops", "やめること", Kind::Text, bi("これによってやめる仕事です。", "The work that stops.")),
        field("goals", "関わる目標", OWN_GOALS, bi("この業務改革に関わる目標です。", "The goals concerned.")),
    ],
};

static RESPONSE: Shape = Shape {
    title: bi("項目への部の方針", "Response"),
    fields: &[
        field("cites", "応える項目", CITES, bi("この方針で応える項目又は部分です。", "The items or clauses answered.")),
        field("text", "部の方針", Kind::Text, bi("誰が何をするかを書きます。", "Who does what.")),
        REVIEWED,
    ],
};

static NOT_APPLICABLE: Shape = Shape {
    title: bi("非該当", "Declined"),
    fields: &[
        field(
            "items",
            "非該当の項目",
            Kind::List(&Kind::Cite),
            bi("所管しない項目又は部分です。", "Items or clauses that are not ours."),
        ),
        field("reason", "理由", Kind::Text, bi("所管しない理由です。", "Why.")),
        field(
            "handled_by",
            "担当する部",
            Kind::Ref(Target::Unit),
            bi("代わりに担当する部です。", "The department that acts instead."),
        ),
    ],
};

static REQUEST: Shape = Shape {
    title: bi("判断を求めること", "Decision wanted"),
    fields: &[
        field("what", "内容", Kind::Text, bi("面談で判断を求める内容です。", "What is to be decided.")),
        field("by", "期限", Kind::Date, bi("いつまでに判断が要るかです。", "By when.")),
    ],
};

static FOLLOW_UP: Shape = Shape {
    title: bi("宿題（面談で求められたこと）", "Follow-up"),
    fields: &[
        field("id", "番号", Kind::GoalId, bi("F1 のように書きます。", "Such as F1.")),
        field("what", "内容", Kind::Text, bi("面談で求められた内容です。", "What was asked for.")),
        field("division", "担当課", Kind::Ref(Target::OwnDivision), bi("担当する課です。", "The division in charge.")),
        field("by", "期限", Kind::Date, bi("いつまでに行うかです。", "By when.")),
        field("done_on", "完了日", Kind::Date, bi("終えた日です。", "When it was done.")),
    ],
};

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
        field("start", "着手日", Kind::Date, bi("事業に着手する日です（項目 3-8）。", "When it begins (item 3-8).")),
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
static GOAL: Shape = Shape {
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
        field(
            "outcome",
            "成果",
            Kind::Text,
            bi("市民にとって何が変わるかです（項目 3-1）。", "What changes for citizens (item 3-1)."),
        )
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
            bi("庁内で連携する部や課です（項目 3-3）。", "Departments or divisions that act with us (item 3-3)."),
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
            bi("根拠となる上位の計画です（項目 2-1）。", "Higher plans (item 2-1)."),
        ),
        field("legal_basis", "根拠法令", TEXTS, bi("根拠となる法令です（項目 3-2）。", "Laws it rests on (item 3-2).")),
        field(
            "viewpoints",
            "視点",
            Kind::Map(Some(Target::Viewpoint), &Kind::Text),
            bi("全ての目標で答える視点です（項目 1-6 脱炭素）。", "Viewpoints that every goal answers (item 1-6)."),
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
            bi("予算事業と着手日です（項目 3-8）。", "Budget projects and their start (item 3-8)."),
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

/// A plan.
pub static PLAN: Shape = Shape {
    title: bi("部の運営方針・組織目標", "Plan of a department"),
    fields: &[
        field(
            "department",
            "部",
            Kind::Ref(Target::Department),
            bi(
                "部の記号です。省けます（ファイル名で決まります）。",
                "The department; may be left out (the file's name decides).",
            ),
        ),
        field(
            "fiscal_year",
            "年度",
            Kind::Count,
            bi(
                "年度の最初の西暦です。省けます（フォルダー名で決まります）。",
                "First calendar year; may be left out (the folder decides).",
            ),
        ),
        field(
            "status",
            "状態",
            Kind::Choice(STATUS),
            bi(
                "下書き（draft）、提出済み（submitted）、確定（settled）のいずれかです。",
                "draft, submitted or settled.",
            ),
        )
        .required(),
        field(
            "example",
            "記入例",
            Kind::Bool,
            bi(
                "架空の記入例のとき true です。全てのページに印字します。",
                "true for a fictitious example; printed on every page.",
            ),
        ),
        field("dates", "日付", Kind::One(&DATES), bi("作成日と提出日です。", "When it was written and handed in.")),
        field(
            "signers",
            "署名する者",
            Kind::List(&Kind::One(&SIGNER)),
            bi("部長などです。２人のときは２つ書きます。", "The heads; two heads, two entries."),
        )
        .required(),
        field(
            "handover",
            "事務引継ぎ",
            Kind::List(&Kind::One(&HANDOVER)),
            bi(
                "異動で着任した者の引継ぎの記録です（項目 5-2）。",
                "The handover of whoever came with a transfer (item 5-2).",
            ),
        ),
        field(
            "mission",
            "使命",
            Kind::Text,
            bi("部の使命を一文で書きます。", "The department's mission in one sentence."),
        ),
        field(
            "direction",
            "運営方針",
            Kind::Text,
            bi("部の運営方針です（項目 0-1）。", "The department's direction (item 0-1)."),
        )
        .required(),
        field(
            "review",
            "検証・分析",
            Kind::List(&Kind::One(&REVIEW)),
            bi("現在までの対応状況の検証・分析です（項目 0-2）。", "Where things stand and why (item 0-2)."),
        ),
        field(
            "information",
            "情報収集",
            Kind::List(&Kind::One(&INFORMATION)),
            bi("広く集めた情報です（項目 0-2）。", "Information gathered (item 0-2)."),
        ),
        field(
            "reform",
            "業務改革",
            Kind::List(&Kind::One(&REFORM)),
            bi("業務改革の視点です（項目 0-2）。", "The reform viewpoint (item 0-2)."),
        ),
        field(
            "responses",
            "項目への部の方針",
            Kind::List(&Kind::One(&RESPONSE)),
            bi("目標のほかに、方針で応える項目です。", "Items answered by a statement rather than a goal."),
        ),
        field(
            "not_applicable",
            "非該当",
            Kind::List(&Kind::One(&NOT_APPLICABLE)),
            bi("所管しない項目と理由です。", "Items declined, with reasons."),
        ),
        field(
            "requests",
            "判断を求めること",
            Kind::List(&Kind::One(&REQUEST)),
            bi("面談で判断を求めることです。３つまでです。", "Decisions wanted at the interview, at most three."),
        ),
        field(
            "follow_ups",
            "宿題",
            Kind::List(&Kind::One(&FOLLOW_UP)),
            bi("面談で求められたことです。", "What the interview asked for."),
        ),
        field(
            "supports",
            "他の部への協力",
            Kind::List(&Kind::Ref(Target::OthersGoal)),
            bi(
                "当部を連携先とする他の部の目標（seisaku:G2）です。",
                "Goals of others that name us as partner (seisaku:G2).",
            ),
        ),
        EXTRA,
        field("goals", "組織目標", Kind::List(&Kind::One(&GOAL)), bi("組織目標です。", "The goals.")).required(),
    ],
};
