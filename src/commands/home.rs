//! `kpolicy` alone: the state of the city in a few lines, and what to do next.

use crate::city::PlanState;
use crate::cli::Global;
use crate::commands::context::Context;
use crate::coverage::Coverage;
use crate::error::{Error, Exit};
use crate::links::Links;
use crate::ui::Ui;

/// Prints the first screen.
pub(super) fn run(ui: &mut Ui<'_>, global: &Global) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let year = context.judged(context.one_year()?)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let of = |state: PlanState| year.departments.iter().filter(|department| department.state == state).count();
    let (total, draft) = (year.departments.len(), of(PlanState::Draft));
    let (there, absent, broken) = (of(PlanState::Ok), of(PlanState::Missing), of(PlanState::Unreadable));
    let (missing, partial) = (coverage.summary.missing, coverage.summary.partial);
    let city = year.settings().city.as_ref().map(|city| city.value.clone()).unwrap_or_default();
    let title = year.docs.policy.title.as_ref().map_or_else(|| year.year.ja(), |title| title.value.clone());
    let numbered = year.items.iter().filter(|item| item.item.mark.is_some()).count();
    let lang = ui.lang;
    let mut text = lang.pick(
        format!("{city} {title}（番号付き項目 {numbered}）\n部等 {total}: 提出済み {there}、下書き {draft}、計画なし {absent}"),
        format!("{city} {title} ({numbered} numbered items)\n{total} departments: {there} submitted, {draft} drafts, {absent} without a plan"),
    );
    if broken > 0 {
        text.push_str(&lang.pick(format!("、読取不可 {broken}"), format!(", {broken} unreadable")));
    }
    text.push_str(&lang.pick(
        format!("     未記載 {missing}、一部記載 {partial}\n\n"),
        format!("     missing {missing}, partial {partial}\n\n"),
    ));
    text.push_str(lang.pick(COMMANDS_JA, COMMANDS_EN));
    text.push_str(&if missing + partial > 0 {
        lang.pick(
            format!("\n次にすること: kpolicy coverage --gaps （応えのない所 {}件）\n", missing + partial),
            format!("\nnext: kpolicy coverage --gaps ({} open)\n", missing + partial),
        )
    } else {
        lang.pick(
            "\n次にすること: kpolicy packet （面談資料を作ります）\n",
            "\nnext: kpolicy packet (build the interview papers)\n",
        )
        .to_owned()
    });
    ui.screen(&text)?;
    Ok(Exit::Ok)
}

const COMMANDS_JA: &str = "\
各部の方
  check [部]       計画を点検し、直し方を示します
  show 1-6         方針の本文と、どの部が応えているかを示します
  explain K301     番号の意味を示します

政策部の方
  coverage         項目と部の対応表、応えのない項目を示します
  packet [部]      面談資料を作ります

全ての命令は kpolicy --help、使い方は kpolicy check --help で見られます。
";

const COMMANDS_EN: &str = "\
For departments
  check [DEPT]     check the plans and say how to mend them
  show 1-6         an item's wording, and who answers it
  explain K301     what a rule means

For the planning division
  coverage         items by department, and the gaps
  packet [DEPT]    build the interview papers

kpolicy --help lists all commands, kpolicy check --help how one is used.
";
