//! Departments, registered plans and interviews, CONTRACT 1.2.

use super::{Choice, Kind, Shape, Target, field};
use crate::lang::bi;

/// Whether a department writes a plan.
pub(crate) const PLAN_DUTY: &[Choice] = &[
    Choice { id: "required", ja: &["必要", "作成する"], en: "required" },
    Choice { id: "voluntary", ja: &["任意"], en: "voluntary" },
    Choice { id: "none", ja: &["作成しない"], en: "none" },
];

static INTERVIEWER: Shape = Shape {
    title: bi("面談者", "Interviewer"),
    fields: &[
        field("id", "記号", Kind::Name, bi("面談者の記号です。", "The interviewer's id.")).required(),
        field(
            "title",
            "職名",
            Kind::Text,
            bi("市長、副市長、教育長などです。", "Mayor, vice mayor, superintendent and so on."),
        ),
    ],
};

static HEAD: Shape = Shape {
    title: bi("部の長", "Head"),
    fields: &[field("post", "職名", Kind::Text, bi("部長などの職の名称です。", "The post."))],
};

static DIVISION: Shape = Shape {
    title: bi("課", "Division"),
    fields: &[
        field("id", "記号", Kind::Name, bi("課の記号です。", "The division's id.")).required(),
        field("name", "名称", Kind::Text, bi("課の名称です。", "Its name.")).required(),
        field(
            "interviewer",
            "面談者",
            Kind::Ref(Target::Interviewer),
            bi("部と異なるときだけ書きます。", "Only where it differs from the department's."),
        ),
    ],
};

static DEPARTMENT: Shape = Shape {
    title: bi("部等", "Department"),
    fields: &[
        field(
            "id",
            "記号",
            Kind::Name,
            bi("部の記号です。計画のファイル名になります。", "The department's id, and its plan's file name."),
        )
        .required(),
        field("name", "名称", Kind::Text, bi("部の名称です。", "Its name.")).required(),
        field(
            "short",
            "略称",
            Kind::Text,
            bi("表の見出しに使う１〜４文字です。", "One to four characters for column heads."),
        ),
        field("kind", "種別", Kind::Text, bi("部、課、事務局などです。", "部, 課, 事務局 and so on.")),
        field(
            "body",
            "執行機関",
            Kind::Text,
            bi("市長、教育委員会、議会などです。省くと市長です。", "The body it belongs to; the mayor unless said."),
        ),
        field(
            "plan",
            "計画の作成",
            Kind::Choice(PLAN_DUTY),
            bi("計画を作るかどうかです。省くと必要です。", "Whether it writes a plan; required unless said."),
        ),
        field("interviewer", "面談者", Kind::Ref(Target::Interviewer), bi("面談を行う者です。", "Who interviews it.")),
        field("heads", "部の長", Kind::List(&Kind::One(&HEAD)), bi("部長などの職です。", "The posts of its heads.")),
        field("divisions", "課", Kind::List(&Kind::One(&DIVISION)), bi("部に属する課です。", "Its divisions.")),
        field(
            "predecessors",
            "前身",
            Kind::List(&Kind::Ref(Target::Unit)),
            bi("前の年度の部又は部/課です。", "Departments or department/division of an earlier year."),
        ),
    ],
};

/// The organization.
pub static ORGANIZATION: Shape = Shape {
    title: bi("組織", "Organization"),
    fields: &[
        field(
            "fiscal_year",
            "年度",
            Kind::Count,
            bi("年度の最初の西暦です。省けます。", "First calendar year; may be left out."),
        ),
        field(
            "interviewers",
            "面談者",
            Kind::List(&Kind::One(&INTERVIEWER)),
            bi("面談を行う者の一覧です。", "Who interviews."),
        ),
        field(
            "departments",
            "部等",
            Kind::List(&Kind::One(&DEPARTMENT)),
            bi("部等の一覧です。この順に印字します。", "The departments, in the order in which they are printed."),
        )
        .required(),
    ],
};

static NODE: Shape = Shape {
    title: bi("計画の区分", "Part of a plan"),
    fields: &[
        field("id", "記号", Kind::Name, bi("区分の記号です。", "The part's id.")).required(),
        field("title", "名称", Kind::Text, bi("区分の名称です。", "Its title.")),
    ],
};

static REFERENCE: Shape = Shape {
    title: bi("計画・指針", "Plan or guideline"),
    fields: &[
        field("id", "記号", Kind::Name, bi("計画や指針の記号です。", "Its id.")).required(),
        field("title", "名称", Kind::Text, bi("計画や指針の名称です。", "Its title.")).required(),
        field("short", "略称", Kind::Text, bi("表に使う短い名前です。", "A short title.")),
        field(
            "owner",
            "所管する部",
            Kind::Ref(Target::Unit),
            bi("所管する部又は課です。", "The department in charge."),
        ),
        field("nodes", "区分", Kind::List(&Kind::One(&NODE)), bi("計画の中の区分です。", "Its parts.")),
    ],
};

/// The register of plans and guidelines.
pub static REFERENCES: Shape = Shape {
    title: bi("計画・指針の一覧", "Register of plans and guidelines"),
    fields: &[
        field(
            "fiscal_year",
            "年度",
            Kind::Count,
            bi("年度の最初の西暦です。省けます。", "First calendar year; may be left out."),
        ),
        field(
            "references",
            "計画・指針",
            Kind::List(&Kind::One(&REFERENCE)),
            bi("計画や指針の一覧です。", "The plans and guidelines."),
        ),
    ],
};

static WINDOW: Shape = Shape {
    title: bi("面談の期間", "Interview window"),
    fields: &[
        field("from", "初日", Kind::Date, bi("面談の初日です。", "First day.")),
        field("to", "最終日", Kind::Date, bi("面談の最終日です。", "Last day.")),
    ],
};

static SLOT: Shape = Shape {
    title: bi("面談の枠", "Interview slot"),
    fields: &[
        field("department", "部", Kind::Ref(Target::Department), bi("面談を受ける部です。", "Who is interviewed."))
            .required(),
        field(
            "division",
            "課",
            Kind::Ref(Target::OwnDivision),
            bi("面談者が部と異なる課だけに書きます。", "Only for a division with its own interviewer."),
        ),
        field(
            "interviewer",
            "代理の面談者",
            Kind::Ref(Target::Interviewer),
            bi("代理のときだけ書きます。", "Only for a substitute."),
        ),
        field(
            "start",
            "開始",
            Kind::DateTime,
            bi("開始の日時です。例 \"2025-04-03T10:00\"", "Start, such as \"2025-04-03T10:00\"."),
        )
        .required(),
        field("minutes", "時間（分）", Kind::Count, bi("面談の長さです。", "Length in minutes.")),
        field("place", "場所", Kind::Text, bi("面談の場所です。", "Where.")),
        field("attendees", "出席者", Kind::List(&Kind::Text), bi("出席する者の職名です。", "The posts that attend.")),
        field("held", "実施日", Kind::Date, bi("面談を行った日です。", "The day on which it took place.")),
    ],
};

/// The interviews of a year.
pub static INTERVIEWS: Shape = Shape {
    title: bi("面談の日程", "Interviews"),
    fields: &[
        field(
            "fiscal_year",
            "年度",
            Kind::Count,
            bi("年度の最初の西暦です。省けます。", "First calendar year; may be left out."),
        ),
        field("window", "期間", Kind::One(&WINDOW), bi("面談の期間（４月初旬）です。", "The window, early April.")),
        field("slots", "枠", Kind::List(&Kind::One(&SLOT)), bi("面談の枠の一覧です。", "The slots.")),
    ],
};
