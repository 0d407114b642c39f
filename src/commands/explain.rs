//! `kpolicy explain K301`: the page of a rule; without a code, the list of rules.

use crate::city::names::nearest;
use crate::cli::Global;
use crate::commands::context::Context;
use crate::error::{Error, Exit};
use crate::report::wrap::pad;
use crate::rules::{Page, RULES, Rule, level_set, rule};
use crate::say;
use crate::ui::Ui;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 番号（K301）又は名前。省くと一覧|A code (K301) or a name; without it, the list
    #[arg(value_name = "番号|CODE")]
    pub code: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let Some(word) = &args.code else {
        let list: String = RULES.iter().map(|rule| line(rule, ui)).collect();
        ui.print(&list)?;
        return Ok(Exit::Ok);
    };
    let Some(rule) = rule(word) else { return Err(unknown(word)) };
    let level = rule.level.name().get(ui.lang);
    let page = Page::parse(rule.page).text(ui.lang);
    let text = format!("{} {}（{level}）\n{}\n{page}\n", rule.code, rule.name, here(ui, global, rule));
    ui.print(&text)?;
    Ok(Exit::Ok)
}

/// In a city that gave the rule another level, says so, and where; explaining needs no city.
fn here(ui: &Ui<'_>, global: &Global, rule: &Rule) -> String {
    let Ok(context) = Context::open(global, None) else { return String::new() };
    let Some((level, Some(place))) = level_set(&context.city, rule) else { return String::new() };
    let at = format!("{}:{}", context.city.file(place.file).path, context.city.position(place).line);
    let level = level.name().get(ui.lang);
    ui.lang.pick(
        format!("この市では「{level}」にしています（{at}）。\n"),
        format!("This city has set it to: {level} ({at}).\n"),
    )
}

fn line(rule: &Rule, ui: &Ui<'_>) -> String {
    let page = Page::parse(rule.page);
    let first = page.looks_at(ui.lang);
    let level = rule.level.name().get(ui.lang);
    format!("{} {} {} {first}\n", rule.code, pad(level, 8), pad(rule.name, 32))
}

fn unknown(word: &str) -> Error {
    let near = nearest(&word.to_ascii_uppercase(), RULES.iter().map(|rule| rule.code)).map(str::to_owned);
    let error = Error::usage(say!("「{word}」という番号はありません。", "there is no rule {word}."));
    let error = match near {
        Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
        None => error,
    };
    error.hint(say!("一覧は kpolicy explain で見られます。", "kpolicy explain lists all."))
}
