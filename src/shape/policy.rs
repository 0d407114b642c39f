//! The basic policy (市政運営の基本方針), CONTRACT 1.1.

use super::{Choice, Field, Kind, Shape, Target, field};
use crate::lang::bi;

/// Who must answer.
pub(crate) const SCOPE: &[Choice] = &[
    Choice { id: "every_goal", ja: &["全ての目標"], en: "every goal" },
    Choice { id: "every_department", ja: &["全ての部"], en: "every department" },
    Choice { id: "any_department", ja: &["１部以上"], en: "at least one department" },
    Choice { id: "standing", ja: &["発生時対応"], en: "standing instruction" },
];

/// How it is answered.
pub(crate) const ANSWERED_BY: &[Choice] = &[
    Choice { id: "citation", ja: &["目標又は部の方針"], en: "a goal or a response" },
    Choice { id: "goal", ja: &["目標"], en: "a goal" },
    Choice { id: "viewpoint", ja: &["視点"], en: "a viewpoint of each goal" },
    Choice { id: "plan", ja: &["計画全体"], en: "the plan as a whole" },
    Choice { id: "review", ja: &["検証・分析"], en: "the review" },
    Choice { id: "information", ja: &["情報収集"], en: "information" },
    Choice { id: "reform", ja: &["業務改革"], en: "reform" },
    Choice { id: "interview", ja: &["面談"], en: "the interview" },
    Choice { id: "handover", ja: &["事務引継ぎ"], en: "the handover" },
];

static ISSUER: Shape = Shape {
    title: bi("発出者", "Issuer"),
    fields: &[
        field("title", "職名", Kind::Text, bi("発出した者の職名です。", "The issuer's title.")),
        field("name", "氏名", Kind::Text, bi("発出した者の氏名です。", "The issuer's name.")),
    ],
};

static VIEWPOINT: Shape = Shape {
    title: bi("視点", "Viewpoint"),
    fields: &[
        field("id", "記号", Kind::Name, bi("視点の記号です。", "The viewpoint's id.")).required(),
        field("label", "名称", Kind::Text, bi("視点の名称です。", "The viewpoint's name.")),
    ],
};

static RUBY: Shape = Shape {
    title: bi("ふりがな", "Ruby"),
    fields: &[
        field("base", "漢字", Kind::Text, bi("ふりがなの付いた漢字です。", "The characters with a reading.")),
        field("reading", "読み", Kind::Text, bi("その読みです。", "Their reading.")),
    ],
};

static AMENDED: Shape = Shape {
    title: bi("文言の改正", "Amendment"),
    fields: &[
        field("since", "改正日", Kind::Date, bi("文言が改まった日です。", "Since when the wording is new.")),
        field("was", "改正前の文言", Kind::Text, bi("改まる前の文言です。", "The wording before.")),
    ],
};

const SCOPE_FIELD: Field = field(
    "scope",
    "応える範囲",
    Kind::Choice(SCOPE),
    bi("誰が応えるかです。省くと全ての部です。", "Who must answer; every department unless said."),
);
const ANSWERED_BY_FIELD: Field = field(
    "answered_by",
    "応え方",
    Kind::Choice(ANSWERED_BY),
    bi("何によって応えるかです。省くと目標又は部の方針です。", "How it is answered; a goal or a response unless said."),
);
const VIEWPOINT_FIELD: Field = field(
    "viewpoint",
    "視点",
    Kind::Ref(Target::Viewpoint),
    bi("応え方が視点のとき、その視点です。", "Which viewpoint, where answered by one."),
);
const LEAD: Field = field(
    "lead",
    "主担当",
    Kind::List(&Kind::Ref(Target::Unit)),
    bi("必ず応える部です（１部以上の項目）。", "Who must answer where one department suffices."),
);
const CONTACT: Field = field(
    "contact",
    "連絡先",
    Kind::List(&Kind::Ref(Target::Unit)),
    bi("発生したときに協議や報告をする先です。", "Whom to turn to when it happens."),
);
const PARTNERS: Field = field(
    "partners",
    "連携する部",
    Kind::List(&Kind::Ref(Target::Unit)),
    bi("連携する部や課です。", "Departments or divisions that act with the lead."),
);
const MAY_DECLINE: Field = field(
    "may_decline",
    "非該当を認める",
    Kind::Bool,
    bi("非該当とできるとき true です。", "true where a department may decline."),
);
const AMENDED_FIELD: Field = field(
    "amended",
    "改正",
    Kind::One(&AMENDED),
    bi("年度の途中で文言が改まったときに書きます。", "A change of wording within the year."),
);
const ADDED: Field =
    field("added", "追加日", Kind::Date, bi("年度の途中で加わった日です。", "The day on which it was added."));
const WITHDRAWN: Field = field(
    "withdrawn",
    "取りやめた日",
    Kind::Date,
    bi("取りやめた日です。番号は使い回しません。", "The day on which it was withdrawn; its id is never used again."),
);

static CLAUSE: Shape = Shape {
    title: bi("部分", "Clause"),
    fields: &[
        field("id", "番号", Kind::ClauseId, bi("1-6-a のように書きます。", "Such as 1-6-a.")).required(),
        field(
            "quote",
            "文言",
            Kind::Text,
            bi("項目の本文にそのまま現れる文言です。", "Words that stand in the item's text."),
        )
        .required(),
        SCOPE_FIELD,
        ANSWERED_BY_FIELD,
        VIEWPOINT_FIELD,
        LEAD,
        CONTACT,
        PARTNERS,
        MAY_DECLINE,
        AMENDED_FIELD,
        ADDED,
        WITHDRAWN,
    ],
};

static ITEM: Shape = Shape {
    title: bi("項目", "Item"),
    fields: &[
        field("id", "番号", Kind::ItemId, bi("1-6 のように書きます。", "Such as 1-6.")).required(),
        field("mark", "印字する番号", Kind::Text, bi("基本方針に印字された番号です。", "The mark as printed.")),
        field("short", "略称", Kind::Text, bi("表に使う短い名前です。", "A short title for tables.")),
        field(
            "text",
            "本文",
            Kind::Text,
            bi("基本方針の文言そのままです。１文を１行に書きます。", "The memo's own words, one sentence a line."),
        )
        .required(),
        field(
            "ruby",
            "ふりがな",
            Kind::List(&Kind::One(&RUBY)),
            bi("本文から外したふりがなです。", "Readings taken out of the text."),
        ),
        field(
            "references",
            "上位の計画",
            Kind::List(&Kind::Ref(Target::Reference)),
            bi("本文が名を挙げる計画や指針です。", "Plans and guidelines that the text names."),
        ),
        SCOPE_FIELD,
        ANSWERED_BY_FIELD,
        VIEWPOINT_FIELD,
        LEAD,
        CONTACT,
        PARTNERS,
        MAY_DECLINE,
        AMENDED_FIELD,
        ADDED,
        WITHDRAWN,
        field(
            "clauses",
            "部分",
            Kind::List(&Kind::One(&CLAUSE)),
            bi(
                "一つの項目に求めが２つ以上あるとき、その一つ一つです。",
                "The parts of an item that asks for more than one thing.",
            ),
        ),
    ],
};

static SECTION: Shape = Shape {
    title: bi("章", "Section"),
    fields: &[
        field("number", "章番号", Kind::Count, bi("章の番号です。前文は 0 です。", "Its number; 0 is the preamble."))
            .required(),
        field("mark", "印字する番号", Kind::Text, bi("基本方針に印字された番号です。", "The mark as printed.")),
        field("heading", "見出し", Kind::Text, bi("章の見出しです。", "Its heading.")),
        field("items", "項目", Kind::List(&Kind::One(&ITEM)), bi("章の項目です。", "Its items.")).required(),
    ],
};

/// A basic policy.
pub static POLICY: Shape = Shape {
    title: bi("市政運営の基本方針", "Basic policy"),
    fields: &[
        field(
            "fiscal_year",
            "年度",
            Kind::Count,
            bi("年度の最初の西暦です。省けます。", "First calendar year; may be left out."),
        ),
        field("title", "題名", Kind::Text, bi("基本方針の題名です。", "Its title.")),
        field("issued", "発出日", Kind::Date, bi("発出された日です。", "The day of issue.")),
        field("issuer", "発出者", Kind::One(&ISSUER), bi("発出した者です。", "Who issued it.")),
        field("closed", "年度の締め", Kind::Bool, bi("年度を締めたとき true です。", "true once the year is closed.")),
        field(
            "viewpoints",
            "視点",
            Kind::List(&Kind::One(&VIEWPOINT)),
            bi("全ての目標で答える視点です。", "Questions that every goal must answer."),
        ),
        field("sections", "章", Kind::List(&Kind::One(&SECTION)), bi("基本方針の章です。", "The sections.")).required(),
    ],
};
