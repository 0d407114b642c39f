//! `kpolicy explain K301|FIELD`: the page of a rule or a field; without one, the list of both.

use clap_complete::engine::ArgValueCompleter;

use crate::city::names::nearest;
use crate::cli::Global;
use crate::commands::context::Context;
use crate::completion;
use crate::error::{Error, Exit};
use crate::explain::{Entry, Found, find, page, path_of};
use crate::lang::Lang;
use crate::report::wrap::pad;
use crate::rules::{Page, RULES, Rule, level_set, rule};
use crate::say;
use crate::shape::FileKind;
use crate::ui::Ui;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 番号（K301）か欄（goals.measures.baseline、baseline、現状値）。省くと一覧|A code (K301) or a field (goals.measures.baseline, baseline, 現状値); without it, the list
    #[arg(value_name = "番号・欄|CODE|FIELD", add = ArgValueCompleter::new(completion::explained))]
    pub what: Option<String>,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let Some(word) = &args.what else {
        let list: String = RULES.iter().map(|rule| line(rule, ui)).collect();
        ui.print(&(list + &fields(ui.lang)))?;
        return Ok(Exit::Ok);
    };
    let text = match rule(word) {
        Some(rule) => rule_page(ui, global, rule),
        None => match find(word) {
            Found::One(entry) => page(&entry, ui.lang, ui.width),
            Found::Many(entries) => return Err(several(word, &entries)),
            Found::None(near) => return Err(unknown(word, near)),
        },
    };
    ui.print(&text)?;
    Ok(Exit::Ok)
}

fn rule_page(ui: &Ui<'_>, global: &Global, rule: &Rule) -> String {
    let level = rule.level.name().get(ui.lang);
    let page = Page::parse(rule.page).text(ui.lang);
    format!("{} {}（{level}）\n{}\n{page}\n", rule.code, rule.name, here(ui, global, rule))
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

/// The headings of each kind of file, to ask on from.
fn fields(lang: Lang) -> String {
    let mut text = lang
        .pick(
            "\n欄（kpolicy explain goals.title のように示します）\n",
            "\nFields (such as kpolicy explain goals.title)\n",
        )
        .to_owned();
    for kind in FileKind::ALL {
        let title = kind.shape().title.get(lang);
        text.push_str(&format!("  {title}\n"));
        for field in kind.shape().fields {
            text.push_str(&format!("    {} {}\n", pad(field.key, 16), lang.pick(field.label, field.about.en)));
        }
    }
    text
}

/// Fields of one name, each with what to type for it.
fn several(word: &str, entries: &[Entry]) -> Error {
    let count = entries.len();
    let mut error =
        Error::usage(say!("「{word}」という欄は {count}か所にあります。", "{word} stands in {count} places."));
    for entry in entries {
        let (path, labels) = (path_of(entry), entry.labels());
        let title = entry.kind.shape().title;
        let (ja, en) = (title.ja, title.en);
        error = error.hint(say!("  kpolicy explain {path}  {ja} > {labels}", "  kpolicy explain {path}  ({en})"));
    }
    error
}

fn unknown(word: &str, field: Option<String>) -> Error {
    let coded = word.starts_with(['K', 'k', 'Ｋ']) && word.chars().any(|c| c.is_ascii_digit());
    let code = nearest(&word.to_ascii_uppercase(), RULES.iter().map(|rule| rule.code)).map(str::to_owned);
    let near = if coded { code } else { field };
    let error = Error::usage(say!("「{word}」という番号や欄はありません。", "there is no rule or field {word}."));
    let error = match near {
        Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
        None => error,
    };
    error.hint(say!("一覧は kpolicy explain で見られます。", "kpolicy explain lists all."))
}
