//! What a planner looks for.

use super::data::View;
use super::page::Page;

/// The lists: nobody answers, the same words, a wording that changed.
pub(super) fn lists(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    page.raw("<section class=\"planner\"><h2>")
        .text(lang.pick("取りまとめのための確かめ", "For whoever puts it together"));
    page.raw("</h2>\n<div class=\"lists\">\n");
    let uncovered = &view.coverage.summary.uncovered_items;
    let link = |page: &mut Page, item: usize| {
        page.link(&format!("i-{}", view.item_key(item)), &view.item_name(item));
    };
    list(
        page,
        view,
        lang.pick("どの部も応えていない項目", "Items that nobody answers"),
        uncovered.len(),
        |page, at| {
            link(page, uncovered[at]);
        },
    );
    list(page, view, lang.pick("改まった項目", "Amended items"), view.amended.len(), |page, at| {
        let (item, stale) = &view.amended[at];
        link(page, *item);
        let names: Vec<String> = stale.iter().map(|at| view.department(*at).to_owned()).collect();
        if !names.is_empty() {
            let names = view.joined(&names);
            page.text(&lang.pick(format!("　要再確認: {names}"), format!(" needs another look: {names}")));
        }
    });
    list(page, view, lang.pick("同じ文・同じ理由", "The same words twice"), view.same.len(), |page, at| {
        page.text(&view.same[at]);
    });
    page.raw("</div></section>\n");
}

/// Entries of a planner's list that are seen at once.
const SHOWN: usize = 8;

fn list(page: &mut Page, view: &View<'_>, heading: &str, count: usize, mut one: impl FnMut(&mut Page, usize)) {
    page.raw("<section class=\"card\"><h3>").text(heading).raw(" ").count(count).raw("</h3>\n");
    if count == 0 {
        page.meta(view.lang.pick("ありません。", "None."));
    }
    // The rest of a long list is folded away.
    for (from, to) in [(0, count.min(SHOWN)), (SHOWN, count)].into_iter().filter(|(from, to)| from < to) {
        let rest = to - from;
        if from > 0 {
            page.raw("<details><summary>").text(&view.lang.pick(format!("ほか {rest}"), format!("{rest} more")));
            page.raw("</summary>");
        }
        page.raw("<ul>");
        for at in from..to {
            page.raw("<li>");
            one(page, at);
            page.raw("</li>\n");
        }
        page.raw(if from > 0 { "</ul></details>\n" } else { "</ul>\n" });
    }
    page.raw("</section>\n");
}
