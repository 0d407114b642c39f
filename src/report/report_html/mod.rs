//! One page of the whole city: no network, readable without script, made to be handed out and
//! printed. The script only moves, hides and copies what the page already holds.

mod data;
mod department;
mod front;
mod matrix;
mod page;
mod panel;
mod planner;
mod plots;
mod progress;

use crate::lang::Lang;
use crate::packet::Provenance;
use crate::report::escape::css;
use crate::report::packet_html::policy;

use data::View;
use page::Page;

pub use data::Inputs;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Writes the page.
pub fn write(inputs: &Inputs<'_>, provenance: Provenance, lang: Lang) -> String {
    let view = View::new(inputs, provenance, lang);
    let title = title(&view);
    let style = format!("{STYLE}{}", printed(&view, &title));
    let mut page = Page::default();
    head(&mut page, &view, &title);
    front::hero(&mut page, &view);
    front::cards(&mut page, &view);
    front::tools(&mut page, &view);
    matrix::matrix(&mut page, &view);
    progress::table(&mut page, &view);
    planner::lists(&mut page, &view);
    plots::trend(&mut page, view.steps, lang);
    panel::items(&mut page, &view);
    department::departments(&mut page, &view);
    page.raw("</main>\n<aside class=\"panel\" id=\"panel\" aria-labelledby=\"panel-title\" hidden>");
    page.raw("<div class=\"bar\"><h3 id=\"panel-title\" tabindex=\"-1\"></h3><button type=\"button\" id=\"close\">");
    page.text(lang.pick("閉じる", "Close")).raw("<kbd>Esc</kbd></button></div><div id=\"panel-body\"></div></aside>\n");
    page.raw("<footer>").text(&footer(&view)).raw("</footer>\n<script type=\"application/json\" id=\"data\">");
    page.json(&front::data(&view)).raw("</script>\n");
    let policy = policy::content_security(&style, Some(SCRIPT));
    let language = lang.pick("ja", "en");
    // The policy, the style and the script are ours alone; the running words in the style are escaped for it.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n\
         {}<script>{SCRIPT}</script>\n</body>\n</html>\n",
        crate::report::escape::html(&title),
        page.finish(),
    )
}

fn title(view: &View<'_>) -> String {
    let city = view.year.settings().city.as_ref().map(|city| city.value.clone()).unwrap_or_default();
    let (ja, number) = (view.year.year.ja(), view.year.year);
    let title = view.lang.pick(
        format!("{city}　{ja} 市政運営の基本方針への記載状況"),
        format!("{city}: answers to the basic policy, fiscal year {number}"),
    );
    title.trim_start_matches(['　', ':', ' ']).to_owned()
}

fn head(page: &mut Page, view: &View<'_>, title: &str) {
    let lang = view.lang;
    page.raw("<header><a class=\"skip\" href=\"#table\">").text(lang.pick("対応表へ", "To the table")).raw("</a><h1>");
    page.text(title);
    if view.packets.iter().any(|packet| packet.plan.example) {
        page.raw("<span class=\"example\">").text(lang.pick("記入例（架空）", "Example (fictitious)")).raw("</span>");
    }
    let day = view.year.day;
    let day = lang.pick(format!("{}現在", day.long_ja()), format!("As of {day}"));
    let count = view.packets.len();
    let count = lang.pick(format!("計画を出す部等 {count}"), format!("{count} departments"));
    page.raw("</h1>\n").meta(&format!("{day}　{count}　{}", view.version)).raw("</header>\n<main>\n");
}

fn footer(view: &View<'_>) -> String {
    let version = &view.version;
    view.lang.pick(
        format!("kpolicy report が作ったページです（{version}）。正本は計画のファイルです。"),
        format!("Made by kpolicy report ({version}). The plans' files are what counts."),
    )
}

/// What every printed page says.
fn printed(view: &View<'_>, title: &str) -> String {
    let (title, version, word) = (css(title), css(&view.version), view.lang.pick("ページ", "page"));
    let small = "font:7.5pt sans-serif;color:#333;white-space:nowrap";
    format!(
        "@page{{size:A4 landscape;margin:12mm 10mm 11mm;@top-left{{content:\"{title}\";{small}}}\
         @bottom-left{{content:\"{version}\";{small}}}\
         @bottom-right{{content:\"{word} \" counter(page) \" / \" counter(pages);{small}}}}}\n"
    )
}
