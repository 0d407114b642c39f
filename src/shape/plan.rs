//! A department's plan (部の運営方針・組織目標), CONTRACT 1.3.

use super::goal::GOAL;
use super::{Choice, Field, Kind, Shape, Target, field};
use crate::lang::bi;

pub(super) const TEXTS: Kind = Kind::List(&Kind::Text);
pub(super) const CITES: Kind = Kind::List(&Kind::Cite);
const OWN_GOALS: Kind = Kind::List(&Kind::Ref(Target::OwnGoal));
pub(super) const EXTRA: Field = field(
    "extra",
    "市独自の欄",
    Kind::Map(None, &Kind::TextOrNumber),
    bi("市独自の欄。印字しますが点検はしません。", "The city's own columns: printed, never judged."),
);
pub(super) const REVIEWED: Field = field(
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
            bi("異動で着任した者の引継ぎの記録です。", "The handover of whoever came with a transfer."),
        ),
        field(
            "mission",
            "使命",
            Kind::Text,
            bi("部の使命を一文で書きます。", "The department's mission in one sentence."),
        ),
        field("direction", "運営方針", Kind::Text, bi("部の運営方針です。", "The department's direction.")).required(),
        field(
            "review",
            "検証・分析",
            Kind::List(&Kind::One(&REVIEW)),
            bi("現在までの対応状況の検証・分析です。", "Where things stand and why."),
        ),
        field(
            "information",
            "情報収集",
            Kind::List(&Kind::One(&INFORMATION)),
            bi("広く集めた情報です。", "Information gathered."),
        ),
        field(
            "reform",
            "業務改革",
            Kind::List(&Kind::One(&REFORM)),
            bi("業務改革の視点です。", "The reform viewpoint."),
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
