//! Interview papers: nothing of a plan is lost, counts are those of coverage, hostile text stays
//! text, page one has three to five questions.

use kpolicy::city::{City, Year};
use kpolicy::coverage::{CellState, Coverage, Summary};
use kpolicy::date::{Date, FiscalYear};
use kpolicy::lang::Lang;
use kpolicy::links::Links;
use kpolicy::packet::{self, Audience, Cover, Day, Inputs, Options, Packet, Provenance, QuestionKind};
use kpolicy::report::{packet_html, packet_markdown, pages};
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};

use crate::support;

fn commit() -> Provenance {
    let date = Day(Date { year: 2025, month: 4, day: 2 });
    Provenance::Commit {
        commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        date,
        changed: vec!["departments/2025/somu.yaml".to_owned()],
    }
}

fn options(audience: Audience, lang: Lang) -> Options {
    Options { audience, full: false, lang, provenance: commit() }
}

/// Judges year 2025 of a city and hands it to `look`.
fn judged<T>(city: &City, look: impl FnOnce(&Year<'_>, &Links, &Coverage) -> T) -> T {
    judged_on(city, support::DAY, look)
}

fn judged_on<T>(city: &City, day: Date, look: impl FnOnce(&Year<'_>, &Links, &Coverage) -> T) -> T {
    let year = Year::new(city, FiscalYear(2025), day).expect("the year is there").expect("and readable");
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    look(&year, &links, &coverage)
}

fn packets(city: &City, options: &Options) -> Vec<Packet> {
    judged(city, |year, links, coverage| {
        let of = |department| packet::build(Inputs { year, links, coverage, department, findings: &[] }, options);
        (0..year.departments.len()).map(of).collect()
    })
}

fn shipped() -> City {
    City::load(&read_work_tree(&support::tests_dir("..")).expect("the shipped city is there"))
}

fn small(changes: &[(&str, &dyn Fn(String) -> String)]) -> City {
    let mut snapshot = Snapshot::default();
    for (path, entry) in support::small_city().entries() {
        let Some((_, change)) = changes.iter().find(|(changed, _)| *changed == path) else {
            snapshot.insert(path, entry.clone());
            continue;
        };
        let Entry::File(content) = entry else { continue };
        let bytes = content.read(1 << 20).expect("readable").to_vec();
        let text = change(String::from_utf8(bytes).expect("UTF-8"));
        snapshot.insert(path, Entry::File(Content::Bytes(text.into_bytes())));
    }
    City::load(&snapshot)
}

/// Headings of a Markdown paper.
fn outline(text: &str) -> Vec<String> {
    text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect()
}

/// Headings of an HTML paper, as `# …`.
fn outline_html(text: &str) -> Vec<String> {
    let heading = |line: &str| {
        let level: usize = line.strip_prefix("<h")?.get(..1)?.parse().ok()?;
        let start = line.find('>')? + 1;
        let end = line.find(" <span").or_else(|| line.find("</h"))?;
        Some(format!("{} {}", "#".repeat(level), line.get(start..end)?))
    };
    text.lines().filter_map(heading).collect()
}

/// Text without tags, entities, escapes, line breaks and spaces, for "it is in there".
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if inside || c.is_whitespace() || c == '\\' => {}
            c => out.push(c),
        }
    }
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(entity, c);
    }
    out
}

#[test]
fn outlines_in_both_languages_and_formats() {
    let city = small(&[]);
    let paper = packets(&city, &options(Audience::Interviewer, Lang::Ja)).remove(0);
    let want = [
        "# 総務部　令和７年度 運営方針・組織目標　面談資料",
        "## お尋ねいただきたいこと",
        "## メモ・面談で求めたこと（宿題）",
        "## 組織目標の一覧",
        "## 運営方針",
        "## 基本方針の項目と部の方針",
        "### １　施政方針を踏まえた対応",
        "#### (1) 窓口の改善",
        "#### (2) 防災対策",
        "## 組織目標",
        "### G1 窓口を止めない仕組み",
        "## 検証・分析",
        "## 情報収集",
        "## 業務改革",
        "## 脱炭素の視点",
        "## 予算事業の早期着手",
        "## 庁内連携（双方の計画の突き合わせ）",
        "## 宿題（面談で求められたこと）",
        "## 前年度の目標はどうなったか",
        "## 提出してから変わったこと",
        "## 記載の足りない項目",
        "## この資料について",
        "## 付録 お尋ねする項目の文言",
        "### １(1) 窓口の改善",
        "### １(2) 防災対策",
    ];
    assert_eq!(outline_html(&packet_html::write(&paper, Lang::Ja)), want);
    let markdown = packet_markdown::write(&paper, Lang::Ja);
    let without_states: Vec<String> = outline(&markdown)
        .iter()
        .map(|line| line.split('　').take(line.matches('　').count().min(3) + 1).collect::<Vec<_>>().join("　"))
        .collect();
    assert!(without_states.iter().zip(want).all(|(got, want)| got.starts_with(want)), "{without_states:#?}");
    let paper = packets(&city, &options(Audience::Department, Lang::En)).remove(0);
    for text in [packet_html::write(&paper, Lang::En), packet_markdown::write(&paper, Lang::En)] {
        for words in ["What you will be asked", "## Direction", "Goals", "Gaps", "with uncommitted changes"] {
            let words = words.trim_start_matches("## ");
            assert!(text.contains(words), "{words}");
        }
        assert!(!text.contains("お尋ね") && !text.contains("記載あり") && !text.contains("Notes"));
    }
}

#[test]
fn nothing_of_a_shipped_plan_is_lost() {
    let city = shipped();
    for audience in [Audience::Interviewer, Audience::Department] {
        let papers = packets(&city, &options(audience, Lang::Ja));
        judged(&city, |year, _, _| {
            for (department, paper) in year.departments.iter().zip(&papers) {
                let (html, markdown) = (packet_html::write(paper, Lang::Ja), packet_markdown::write(paper, Lang::Ja));
                for text in [bare(&html), bare(&markdown)] {
                    for words in plan_words(department.plan.expect("a plan")) {
                        assert!(text.contains(&bare(&words)), "{}: {words}", department.id());
                    }
                }
            }
        });
    }
}

/// Every text of a plan that the papers must show.
fn plan_words(plan: &kpolicy::model::Plan) -> Vec<String> {
    let mut all = vec![&plan.mission, &plan.direction];
    plan.responses.iter().for_each(|it| all.push(&it.text));
    plan.not_applicable.iter().for_each(|it| all.push(&it.reason));
    plan.requests.iter().for_each(|it| all.push(&it.what));
    plan.review.iter().for_each(|it| all.extend([&it.status, &it.analysis, &it.remaining]));
    plan.information.iter().for_each(|it| all.extend([&it.source, &it.finding]));
    plan.reform.iter().for_each(|it| all.extend([&it.what, &it.before, &it.after, &it.stops]));
    plan.follow_ups.iter().for_each(|it| all.push(&it.what));
    plan.extra.iter().for_each(|(_, value)| all.push(value));
    for goal in &plan.goals {
        all.extend([&goal.title, &goal.issue, &goal.outcome, &goal.no_measures]);
        goal.measures.iter().for_each(|it| all.extend([&it.name, &it.unit]));
        goal.actions.iter().for_each(|it| all.push(&it.what));
        goal.budget.iter().for_each(|it| all.extend([&it.project, &it.late_reason]));
        goal.progress.iter().for_each(|it| all.extend([&it.reason, &it.next]));
        goal.viewpoints.iter().chain(&goal.extra).for_each(|(_, text)| all.push(text));
    }
    let mut words: Vec<String> = all.into_iter().flatten().map(|text| text.value.to_string()).collect();
    for goal in &plan.goals {
        words.extend(goal.outside_partners.iter().chain(&goal.legal_basis).map(|text| text.value.to_string()));
    }
    words.extend(plan.handover.iter().flat_map(|it| it.open_matters.iter().map(|text| text.value.to_string())));
    words
}

#[test]
fn every_item_of_the_memo_is_quoted() {
    let city = shipped();
    for paper in packets(&city, &options(Audience::Interviewer, Lang::Ja)) {
        let html = packet_html::write(&paper, Lang::Ja);
        judged(&city, |year, _, _| {
            for item in year.docs.policy.items() {
                let text = item.text.as_ref().expect("a text").joined();
                assert!(bare(&html).contains(&bare(&text)), "{}", item.id.value);
            }
        });
    }
}

#[test]
fn counts_are_those_of_coverage() {
    let city = shipped();
    let papers = packets(&city, &options(Audience::Interviewer, Lang::Ja));
    judged(&city, |year, _, coverage| {
        for (index, paper) in papers.iter().enumerate() {
            let (summary, counts) = (Summary::of_department(&coverage.leaves, index), &paper.counts);
            let want = [summary.required, summary.answered, summary.partial, summary.missing, summary.unreadable];
            let got = [counts.required, counts.answered, counts.partial, counts.missing, counts.unreadable];
            assert_eq!(want, got, "{}", year.departments[index].id());
            let declined = coverage.leaves.iter().filter(|row| row.cells[index].state == CellState::Declined);
            assert_eq!(declined.count(), counts.declined);
            assert_eq!(paper.gaps.len(), summary.missing + summary.partial + summary.unreadable);
        }
    });
}

#[test]
fn three_to_five_questions_in_order() {
    for city in [shipped(), small(&[])] {
        for lang in [Lang::Ja, Lang::En] {
            for paper in packets(&city, &options(Audience::Interviewer, lang)) {
                let kinds: Vec<QuestionKind> = paper.questions.iter().map(|question| question.kind).collect();
                assert!(kinds.is_sorted(), "{}: {kinds:?}", paper.department.id);
                assert!(paper.questions.len() <= 5, "{}", paper.department.id);
                let few = if paper.department.id == "shimin" { 2 } else { 3 };
                assert!(paper.questions.len() >= few, "{}: {:#?}", paper.department.id, paper.questions);
                assert!(paper.questions.iter().all(|it| !it.reason.is_empty() && !it.ask.is_empty()));
            }
        }
    }
}

#[test]
fn a_missing_answer_a_late_start_and_a_one_sided_partner_are_asked() {
    let path = "departments/2025/somu.yaml";
    let change = |text: String| {
        text.replace("      - 1-2\n", "").replace(
            "    division: bosai\n",
            "    division: bosai\n    partners:\n      - shimin\n    budget:\n      - project: 発電機\n        thousand_yen: 4800\n        start: 2025-09-01\n",
        )
    };
    let settings = |text: String| format!("{text}\nearly_start_by: \"06-30\"\n");
    let city = small(&[(path, &change), ("policy/kpolicy.yaml", &settings)]);
    let papers = packets(&city, &options(Audience::Department, Lang::Ja));
    let kinds: Vec<QuestionKind> = papers[0].questions.iter().map(|question| question.kind).collect();
    let want = [QuestionKind::Missing, QuestionKind::Contradiction, QuestionKind::LateStart, QuestionKind::WeakMeasure];
    assert_eq!(kinds, want, "{:#?}", papers[0].questions);
    let missing = &papers[0].questions[0];
    assert_eq!(missing.items[0].printed, "１(2)");
    assert!(missing.reason.contains("災害対応力を一層高めること"), "{}", missing.reason);
    assert!(papers[0].questions[2].reason.contains("4,800千円"), "{}", papers[0].questions[2].reason);
    let html = packet_html::write(&papers[0], Lang::Ja);
    assert!(html.contains("departments/2025/somu.yaml:"), "the department sees where to mend");
    for words in ["９月１日", "△ 目安より後", "６月30日までの開始"] {
        assert!(html.contains(words), "{words}");
    }
    // The other side is asked too.
    assert!(papers[1].questions.iter().any(|it| it.kind == QuestionKind::Contradiction));
}

#[test]
fn a_target_missed_last_year_is_asked_with_both_numbers() {
    let mut snapshot = Snapshot::default();
    for (path, entry) in support::small_city().entries() {
        let Entry::File(content) = entry else { continue };
        let text = String::from_utf8(content.read(1 << 20).expect("readable").to_vec()).expect("UTF-8");
        if path == "departments/2025/somu.yaml" {
            let now = text.replace("    cites:\n", "    continues: 2024:G1\n    cites:\n");
            snapshot.insert(path, Entry::File(Content::Bytes(now.into_bytes())));
            let past = "    progress:\n      - period: end\n        state: unmet\n        actuals:\n          - measure: 非常用電源で動く窓口の数\n            value: 3\n";
            let past = format!("{text}{past}").into_bytes();
            snapshot.insert("departments/2024/somu.yaml", Entry::File(Content::Bytes(past)));
        } else {
            if let Some(file) = path.strip_prefix("policy/2025/") {
                let past = text.replace("fiscal_year: 2025", "fiscal_year: 2024");
                snapshot.insert(format!("policy/2024/{file}"), Entry::File(Content::Bytes(past.into_bytes())));
            }
            snapshot.insert(path, entry.clone());
        }
    }
    let papers = packets(&City::load(&snapshot), &options(Audience::Interviewer, Lang::Ja));
    let question = papers[0].questions.iter().find(|it| it.kind == QuestionKind::Unmet).expect("an unmet target");
    let want = "「非常用電源で動く窓口の数」は昨年度の目標に届きませんでした（目標4件、実績3件）。";
    assert_eq!(question.reason, want);
    assert!(question.ask.contains("今年度は何を変えますか"), "{}", question.ask);
    // The goal that went on with its numbers, then the other one, which is new.
    let turns = &papers[0].last_year.as_ref().expect("last year").goals;
    let result = turns[0].result.as_ref().expect("a result");
    assert_eq!((result.state, result.short, result.measures[0].actual.as_deref()), (Some("unmet"), true, Some("3件")));
    let (html, markdown) = (packet_html::write(&papers[0], Lang::Ja), packet_markdown::write(&papers[0], Lang::Ja));
    for text in [bare(&html), bare(&markdown)] {
        for words in ["継続・昨年度は届かず", "目標4件実績3件", "目標4件、実績3件"] {
            assert!(text.contains(words), "{words}");
        }
    }
    assert!(papers[1].last_year.is_none() && packet_html::write(&papers[1], Lang::Ja).contains("令和６年度の計画が"));
}

#[test]
fn the_cover_of_a_day_is_in_the_order_of_the_interviews() {
    let path = "policy/2025/interviews.yaml";
    let change = |text: String| {
        let division = "  - department: somu\n    division: bosai\n    start: \"2025-04-03T11:00\"\n";
        let other = "  - department: somu\n    division: shokuin\n    start: \"2025-04-04T11:00\"\n";
        text.replace("T10:00", "T10:45") + division + other
    };
    let wish =
        |text: String| text.replace("goals:\n", "requests:\n  - what: 窓口を増やすか\n    by: 2025-05-30\ngoals:\n");
    let city = small(&[(path, &change), ("departments/2025/somu.yaml", &wish)]);
    for (audience, lang) in [(Audience::Interviewer, Lang::Ja), (Audience::Department, Lang::En)] {
        let cover = Cover::new(Date { year: 2025, month: 4, day: 3 }, &packets(&city, &options(audience, lang)));
        let order: Vec<_> = cover.entries.iter().map(|it| it.interview.clock.as_deref().unwrap_or_default()).collect();
        assert_eq!(order, ["10:30", "10:45", "11:00"]);
        let document = pages::cover(&cover, lang);
        let (html, markdown) = (packet_html::document(&document), packet_markdown::document(&document));
        let clocks = lang.pick(["10時30分", "10時45分", "11時"], ["10:30", "10:45", "11:00"]);
        for text in [&html, &markdown] {
            let at: Vec<_> = clocks.iter().map(|clock| text.find(clock).expect("its time")).collect();
            assert!(at.is_sorted(), "{at:?}");
            assert!(text.contains("0123456789") && text.contains(lang.pick("取扱注意", "Handle with care")));
            // Once, though the department comes twice.
            assert_eq!(text.matches("窓口を増やすか").count(), 1);
        }
        assert_eq!(html.contains("class=\"notes\""), audience == Audience::Interviewer);
        assert!(!html.contains("class=\"body\""), "no second page");
    }
}

#[test]
fn a_missing_and_an_unreadable_plan_have_papers_too() {
    let broken = |_: String| "status: [\n".to_owned();
    let city = small(&[("departments/2025/somu.yaml", &broken)]);
    let paper = packets(&city, &options(Audience::Interviewer, Lang::Ja)).remove(0);
    assert_eq!(paper.plan.state, "unreadable");
    assert!(paper.counts.unreadable > 0 && paper.counts.missing == 0);
    assert!(packet_html::write(&paper, Lang::Ja).contains("読み取れません"));
    let mut snapshot = Snapshot::default();
    for (path, entry) in support::small_city().entries().filter(|(path, _)| !path.ends_with("/somu.yaml")) {
        snapshot.insert(path, entry.clone());
    }
    let paper = packets(&City::load(&snapshot), &options(Audience::Interviewer, Lang::Ja)).remove(0);
    assert_eq!((paper.plan.state, paper.counts.missing), ("missing", 2));
    assert!(paper.questions.len() >= 3 && paper.questions[0].reason.contains("提出されていません"));
}

const HOSTILE: &str =
    "</style><script>alert(1)</script><img src=x onerror='a()'>\" | # [a](javascript:b) *c* `d` & \u{202E}";

#[test]
fn hostile_text_stays_text() {
    let quoted = format!("\"{}\"", HOSTILE.replace('\\', "\\\\").replace('"', "\\\""));
    let plan = |text: String| {
        text.replace("窓口を止めない仕組み", &quoted)
            .replace("市民が待たずに手続を終えられる", &quoted)
            .replace("  市民が安心して使える窓口をつくる。", &format!("  {HOSTILE}"))
            .replace("非常用電源で動く窓口の数", &quoted)
    };
    let organization = |text: String| text.replace("name: 総務部", &format!("name: {quoted}"));
    let city = small(&[("departments/2025/somu.yaml", &plan), ("policy/2025/organization.yaml", &organization)]);
    let mut wanted = options(Audience::Interviewer, Lang::Ja);
    wanted.provenance = Provenance::Revision {
        revision: "</style>\"<b>".to_owned(),
        commit: "0123456789".to_owned(),
        date: Day(support::DAY),
    };
    let paper = packets(&city, &wanted).remove(0);
    let html = packet_html::write(&paper, Lang::Ja);
    assert!(html.contains("&lt;script&gt;alert(1)"), "it is still there as text");
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>\""));
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(!html.contains('\u{202E}'));
    let markdown = packet_markdown::write(&paper, Lang::Ja);
    let tags = markdown.replace("<br>", "");
    assert!(!tags.contains('<'), "no HTML but line breaks");
    assert!(!markdown.contains("[a](") || markdown.contains("\\[a\\]("));
    assert!(!markdown.contains(" *c*") && !markdown.contains(" `d`"));
}

#[test]
fn html_is_closed_to_the_network_and_to_scripts() {
    let html = packet_html::write(&packets(&shipped(), &options(Audience::Interviewer, Lang::Ja))[0], Lang::Ja);
    assert!(html.contains("default-src 'none'") && html.contains("style-src 'sha256-"));
    for word in ["<script", "http://", "https://", "@import", "url(", "javascript:", " style=\"", " onclick"] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains("<html lang=\"ja\">") && html.contains("scope=\"col\"") && html.contains("scope=\"row\""));
}

#[test]
fn every_page_says_what_it_is() {
    let paper = packets(&shipped(), &options(Audience::Department, Lang::Ja)).remove(1);
    for text in [packet_html::write(&paper, Lang::Ja), packet_markdown::write(&paper, Lang::Ja)] {
        for words in ["取扱注意", "記入例（架空）", "部用", "0123456789", "未コミットの変更あり", "総務部"]
        {
            assert!(text.contains(words), "{words}");
        }
        assert!(!text.contains("対応済"));
    }
    let mut wanted = options(Audience::Interviewer, Lang::Ja);
    wanted.provenance = Provenance::NotInGit;
    let paper = packets(&shipped(), &wanted).remove(1);
    assert!(packet_html::write(&paper, Lang::Ja).contains("git 管理外"));
}

#[test]
fn the_same_inputs_give_the_same_papers() {
    let write = || {
        let papers = packets(&shipped(), &options(Audience::Interviewer, Lang::Ja));
        let text = |it: &Packet| packet_html::write(it, Lang::Ja) + &packet_markdown::write(it, Lang::Ja);
        let json = papers.iter().map(|it| serde_json::to_string(it).expect("JSON")).collect::<String>();
        papers.iter().map(text).collect::<String>() + &json
    };
    assert_eq!(write(), write());
}

#[test]
fn the_full_appendix_has_every_item() {
    let mut wanted = options(Audience::Interviewer, Lang::Ja);
    wanted.full = true;
    let city = shipped();
    let items = judged(&city, |year, _, _| year.items.len());
    assert!(packets(&city, &wanted).iter().all(|paper| paper.appendix.len() == items));
}

/// Writes papers to look at, of the shipped city or of KPOLICY_CITY:
/// `KPOLICY_PAPERS=dir cargo test -- --ignored`.
#[test]
#[ignore = "writes files to look at"]
fn write_papers_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var_os("KPOLICY_PAPERS").expect("KPOLICY_PAPERS"));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (audience, name) in [(Audience::Interviewer, "interviewer"), (Audience::Department, "department")] {
        for (lang, tail) in [(Lang::Ja, ""), (Lang::En, "-en")] {
            let root = std::env::var_os("KPOLICY_CITY").map(std::path::PathBuf::from);
            let root = root.unwrap_or_else(|| support::tests_dir(".."));
            let city = City::load(&read_work_tree(&root).expect("a city"));
            for paper in packets(&city, &options(audience, lang)) {
                let stem = folder.join(format!("{}-{name}{tail}", paper.department.id));
                std::fs::write(stem.with_extension("html"), packet_html::write(&paper, lang)).expect("written");
                std::fs::write(stem.with_extension("md"), packet_markdown::write(&paper, lang)).expect("written");
            }
        }
    }
}

/// The papers of the first department of the small city on a day, its plan changed.
fn in_course(plan: &dyn Fn(String) -> String, day: Date) -> Packet {
    let city = small(&[("departments/2025/somu.yaml", plan)]);
    let findings = kpolicy::rules::judge(&city, &[FiscalYear(2025)], day, true).expect("judged").findings;
    judged_on(&city, day, |year, links, coverage| {
        let inputs = Inputs { year, links, coverage, department: 0, findings: &findings };
        packet::build(inputs, &options(Audience::Interviewer, Lang::Ja))
    })
}

const NOVEMBER: Date = Date { year: 2025, month: 11, day: 10 };
const BEHIND: &str = "    progress:
      - period: mid
        as_of: 2025-09-30
        state: behind
        rating: C
        actuals:
          - measure: 非常用電源で動く窓口の数
            value: 3
        reason: 部品が届かない
";

#[test]
fn the_year_is_told_as_far_as_it_is_known() {
    let behind = |text: String| text + BEHIND;
    let paper = in_course(&behind, NOVEMBER);
    let goal = &paper.goals[0];
    assert_eq!((goal.state, goal.measures[0].actual.as_deref()), (Some("behind"), Some("3件")));
    assert!(paper.questions.iter().any(|it| it.kind == QuestionKind::Unmet && it.reason.contains("「遅れ」")));
    assert!(paper.progress_overdue.is_empty());
    let text = bare(&packet_html::write(&paper, Lang::Ja));
    for words in ["目標遅れG1", "年度半ば遅れ（評価C）", "2件→3件→4件"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // In April nobody can know September; the words of the plan are printed all the same.
    let early = in_course(&behind, support::DAY);
    let goal = &early.goals[0];
    assert_eq!((goal.state, goal.measures[0].actual.as_deref(), goal.progress[0].ahead), (None, None, true));
    assert!(early.questions.iter().all(|it| it.kind != QuestionKind::Unmet));
    let text = bare(&packet_html::write(&early, Lang::Ja));
    assert!(text.contains("部品が届かない") && text.contains("（４月１日より後）") && !text.contains("目標遅れ"));
}

#[test]
fn what_lacks_of_the_progress_is_asked_for() {
    let paper = in_course(&|text| text, NOVEMBER);
    let overdue: Vec<(&str, &str)> =
        paper.progress_overdue.iter().map(|it| (it.goal.as_str(), it.period.as_str())).collect();
    assert_eq!(overdue, [("G1", "年度半ば")]);
    let question = paper.questions.iter().find(|it| it.kind == QuestionKind::NoProgress).expect("it is asked");
    assert!(question.reason.contains("期限 10月31日") && question.place.is_some(), "{question:?}");
    let text = bare(&packet_html::write(&paper, Lang::Ja));
    assert!(text.contains("期限を過ぎた記入G1") && text.contains("×年度半ば記入なし（期限10月31日）"));
    // What a remark silences is not asked for.
    let remark = |text: String| text.replacen("  - id: G1", "  # kpolicy: allow K507 部品待ち\n  - id: G1", 1);
    let silent = in_course(&remark, NOVEMBER);
    assert!(silent.progress_overdue.is_empty());
    assert!(silent.questions.iter().all(|it| it.kind != QuestionKind::NoProgress));
}
