//! `kpolicy` alone: the state of the city in a few lines, and what to do next.

use crate::city::year::{PlanState, Year};
use crate::cli::Global;
use crate::commands::command;
use crate::commands::context::Context;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::lang::{Bi, Lang, bi};
use crate::links::Links;
use crate::report::wrap::{pad, width};
use crate::status::Ahead;
use crate::ui::Ui;

/// A command's name, what is typed behind it, and what it does.
type Daily = (&'static str, Bi, Bi);

/// The commands that people need by day. One that is not there yet is not shown.
static DAILY: &[(Bi, &[Daily])] = &[
    (
        bi("各部の方", "For departments"),
        &[
            (
                "check",
                bi("[部]", "[DEPT]"),
                bi("計画を点検し、直し方を示します", "check the plans and say how to mend them"),
            ),
            (
                "show",
                bi("1-6", "1-6"),
                bi("方針の本文と、どの部が応えているかを示します", "an item's wording, and who answers it"),
            ),
            ("explain", bi("K301", "K301"), bi("番号や欄の意味を示します", "what a rule or a field means")),
            (
                "new",
                bi("部", "DEPT"),
                bi("計画のひな型を作り、足りない項目を書き足します", "start a plan, or add what it lacks"),
            ),
        ],
    ),
    (
        bi("基本方針の担当の方", "For the planning division"),
        &[
            ("status", bi("", ""), bi("全部の状況を一画面で示します", "where every department stands")),
            (
                "coverage",
                bi("", ""),
                bi("項目と部の対応表、応えのない項目を示します", "items by department, and the gaps"),
            ),
            ("packet", bi("[部]", "[DEPT]"), bi("面談資料を作ります", "build the interview papers")),
            ("diff", bi("", ""), bi("変更で何が変わるかを示します", "what a change does")),
        ],
    ),
];

/// Prints the first screen.
pub(super) fn run(ui: &mut Ui<'_>, global: &Global) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let year = context.shown(ui)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let text = state(&year, &coverage, ui.lang, ui.width) + &commands(ui.lang) + &next(&year, &coverage, ui.lang);
    ui.screen(&text)?;
    Ok(Exit::Ok)
}

fn count(year: &Year<'_>, state: PlanState) -> usize {
    year.departments.iter().filter(|department| department.state == state).count()
}

/// Whose policy, how far the plans are, when the interviews are.
fn state(year: &Year<'_>, coverage: &Coverage, lang: Lang, columns: usize) -> String {
    let city = year.settings().city.as_ref().map(|city| city.value.clone()).unwrap_or_default();
    let named = year.docs.policy.title.as_ref().map(|title| title.value.to_string());
    let title = named.unwrap_or_else(|| lang.pick(year.year.ja(), format!("fiscal year {}", year.year)));
    let numbered = year.items.iter().filter(|item| item.item.mark.is_some()).count();
    let head = format!("{city} {title}");
    let head = head.trim_start();
    let states: Vec<String> = [
        (PlanState::Ok, bi("提出済み", "submitted")),
        (PlanState::Draft, bi("下書き", "drafts")),
        (PlanState::Missing, bi("計画なし", "without a plan")),
        (PlanState::Unreadable, bi("読取不可", "unreadable")),
    ]
    .into_iter()
    .map(|(state, name)| (count(year, state), name))
    .filter(|(count, _)| *count > 0)
    .map(|(count, name)| lang.pick(format!("{} {count}", name.ja), format!("{count} {}", name.en)))
    .collect();
    let (total, states) = (year.departments.len(), states.join(lang.pick("、", ", ")));
    let (missing, partial) = (coverage.summary.missing, coverage.summary.partial);
    let ahead = Ahead::new(year).map(|ahead| match ahead.days {
        0 => lang.pick("今日は面談の日です".to_owned(), "interviews today".to_owned()),
        1 => lang.pick("面談まで 1日".to_owned(), "next interview tomorrow".to_owned()),
        days => lang.pick(format!("面談まで {days}日"), format!("next interview in {days} days")),
    });
    let parts = [
        Some(lang.pick(format!("部等 {total}: {states}"), format!("{total} departments: {states}"))),
        Some(
            lang.pick(format!("未記載 {missing}、一部記載 {partial}"), format!("missing {missing}, partial {partial}")),
        ),
        ahead,
    ];
    let mut line =
        lang.pick(format!("{head}（番号付き項目 {numbered}）\n"), format!("{head} ({numbered} numbered items)\n"));
    let mut used = 0;
    for part in parts.into_iter().flatten() {
        // A part that does not fit begins the next line.
        let between = match used {
            0 => "",
            used if used + 5 + width(&part) > columns => "\n",
            _ => "     ",
        };
        used = if between == "\n" { 0 } else { used + between.len() } + width(&part);
        line.push_str(between);
        line.push_str(&part);
    }
    line + "\n"
}

/// The groups of commands, of those that this program has.
fn commands(lang: Lang) -> String {
    let known = command(lang);
    let known: Vec<&str> = known.get_subcommands().map(clap::Command::get_name).collect();
    let mut text = String::new();
    for (group, commands) in DAILY {
        text.push_str(&format!("\n{}\n", group.get(lang)));
        for (name, typed, does) in commands.iter().filter(|(name, ..)| known.contains(name)) {
            let typed = format!("{name} {}", typed.get(lang));
            text.push_str(&format!("  {} {}\n", pad(typed.trim_end(), 16), does.get(lang)));
        }
    }
    text
}

/// One suggestion: what is in the way of everything else comes first.
fn next(year: &Year<'_>, coverage: &Coverage, lang: Lang) -> String {
    let summary = &coverage.summary;
    let open = summary.missing + summary.partial;
    let absent = year.departments.iter().find(|department| department.state == PlanState::Missing);
    let (typed, why) = if count(year, PlanState::Unreadable) > 0 {
        ("check".to_owned(), lang.pick("読み取れない計画の直し方".to_owned(), "a plan cannot be read".to_owned()))
    } else if let Some(department) = absent {
        let name = department.name();
        let begin = if command(lang).find_subcommand("new").is_some() { "new" } else { "check" };
        (format!("{begin} {name}"), lang.pick("計画がまだありません".to_owned(), "it has no plan yet".to_owned()))
    } else if open > 0 {
        ("coverage --gaps".to_owned(), lang.pick(format!("応えのない所 {open}件"), format!("{open} open")))
    } else if Ahead::new(year).is_some() {
        ("packet".to_owned(), lang.pick("面談資料を作ります", "build the interview papers").to_owned())
    } else {
        ("status".to_owned(), lang.pick("期限を過ぎた記入と宿題", "what is overdue").to_owned())
    };
    lang.pick(
        format!("\n次にすること: kpolicy {typed} （{why}）\n全ての命令は kpolicy --help、使い方は kpolicy check --help で見られます。\n"),
        format!("\nnext: kpolicy {typed}  ({why})\nkpolicy --help lists all commands, kpolicy check --help how one is used.\n"),
    )
}
