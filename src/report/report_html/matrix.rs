//! Items by department: compliance is quiet, gaps are loud; symbol, colour and word say the same.

use super::data::View;
use super::page::Page;
use crate::coverage::{CellState, LeafState};
use crate::lang::Lang;
use crate::model::Scope;
use crate::packet::words::symbol;

/// The class, and the letter by which the script knows a state.
pub(super) fn letter(state: CellState) -> &'static str {
    match state {
        CellState::Answered => "a",
        CellState::Partial => "p",
        CellState::Missing => "m",
        CellState::Declined => "d",
        CellState::NotRequired => "n",
        CellState::Unreadable => "u",
    }
}

/// What is printed in a cell: nothing where nothing is asked.
fn sign(state: CellState) -> &'static str {
    if state == CellState::NotRequired { "" } else { symbol(state) }
}

pub(super) fn legend(page: &mut Page, lang: Lang) {
    page.raw("<ul class=\"legend\">");
    for state in
        [CellState::Answered, CellState::Partial, CellState::Missing, CellState::Declined, CellState::Unreadable]
    {
        page.raw("<li><span class=\"k ").raw(letter(state)).raw("\" aria-hidden=\"true\">").raw(symbol(state));
        page.raw("</span> ").text(state.name().get(lang)).raw("</li>");
    }
    page.raw("<li>").text(lang.pick("空白 求めなし", "blank: not required")).raw("</li></ul>\n");
}

pub(super) fn matrix(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    page.raw("<section class=\"table\"><h2 id=\"table\">").text(lang.pick("項目と部の対応表", "Items by department"));
    page.raw("</h2>\n");
    legend(page, lang);
    page.raw("<div class=\"wide\"><table class=\"matrix\" id=\"matrix\"><caption>");
    page.text(lang.pick(
        "印を選ぶと、その項目の文言と部の答えが出ます。部の名前を選ぶと、その部の計画へ移ります。",
        "A mark leads to the item's words and the department's answer, a department's name to its plan.",
    ));
    page.raw("</caption>\n");
    heads(page, view);
    let mut section: Option<*const crate::model::Section> = None;
    for item in 0..view.year.items.len() {
        let own = view.year.items[item].section;
        if section != Some(std::ptr::from_ref(own)) {
            page.raw(if section.is_some() { "</tbody>\n<tbody>" } else { "<tbody>" });
            page.raw("<tr class=\"sec\"><th scope=\"colgroup\" colspan=\"").count(view.packets.len() + 2).raw("\">");
            let text = |text: &Option<crate::model::Text>| text.as_ref().map_or("", |text| &text.value).to_owned();
            page.text(&format!("{} {}", text(&own.mark), text(&own.heading)));
            page.raw("</th></tr>\n");
            section = Some(std::ptr::from_ref(own));
        }
        row(page, view, item);
    }
    page.raw(if section.is_some() { "</tbody>\n" } else { "<tbody></tbody>\n" });
    foot(page, view);
    page.raw("</table></div></section>\n");
}

fn heads(page: &mut Page, view: &View<'_>) {
    page.raw("<thead><tr><th scope=\"col\">").text(view.lang.pick("項目", "Item")).raw("</th>");
    for department in &view.year.departments {
        page.raw("<th scope=\"col\" data-d=\"").text(department.id()).raw("\"><a href=\"#d-").text(department.id());
        page.raw("\">").text(department.name()).raw("</a></th>");
    }
    page.raw("<th scope=\"col\" class=\"sum\"><span>").text(view.lang.pick("記載", "answered")).raw("</span></th>");
    page.raw("</tr></thead>\n");
}

fn row(page: &mut Page, view: &View<'_>, item: usize) {
    let (key, name) = (view.item_key(item), view.item_name(item));
    let (id, title) = (view.year.items[item].item.id.value.to_string(), view.year.items[item].item.title());
    page.raw("<tr data-i=\"").text(&key).raw("\" data-t=\"").text(&name).raw("\"><th scope=\"row\"><a href=\"#i-");
    page.text(&key).raw("\"><b>").text(&id).raw("</b>").text(&title).raw("</a></th>");
    for (at, cell) in view.coverage.items[item].cells.iter().enumerate() {
        page.raw("<td data-s=\"").raw(letter(cell.state)).raw("\" class=\"").raw(letter(cell.state)).raw("\">");
        let state = cell.state.name().get(view.lang);
        if super::panel::is_answer(view, at, item) {
            page.raw("<a href=\"#a-").text(&key).raw("-").text(view.year.departments[at].id()).raw("\">");
            inside(page, sign(cell.state), state, &goals(view, at, item));
            page.raw("</a>");
        } else {
            inside(page, sign(cell.state), state, "");
        }
        page.raw("</td>");
    }
    let (words, none) = together(view, item);
    page.raw(if none { "<td class=\"sum none\">" } else { "<td class=\"sum\">" }).text(&words).raw("</td></tr>\n");
}

fn inside(page: &mut Page, sign: &'static str, state: &str, goals: &str) {
    page.raw("<span aria-hidden=\"true\">").raw(sign).raw("</span><span class=\"vh\">").text(state).raw("</span>");
    if !goals.is_empty() {
        page.raw("<span class=\"g\">").text(goals).raw("</span>");
    }
}

/// `G1、G2`
fn goals(view: &View<'_>, department: usize, item: usize) -> String {
    let facts = view.facts(department, item);
    let ids: Vec<String> = facts.into_iter().flat_map(|facts| &facts.goals).map(|(id, _)| id.clone()).collect();
    view.joined(&ids)
}

/// `10/10`, `１部以上`, or that nobody does; true where somebody should.
fn together(view: &View<'_>, item: usize) -> (String, bool) {
    let row = &view.coverage.items[item];
    let leaves = &view.year.leaves[view.year.items[item].leaves.clone()];
    let must = row.cells.iter().filter(|cell| cell.must && cell.state != CellState::Declined);
    let any = leaves.iter().all(|leaf| leaf.scope == Scope::AnyDepartment);
    match row.state {
        LeafState::Standing => (view.lang.pick("発生時", "standing").to_owned(), false),
        LeafState::Uncovered => (view.lang.pick("なし", "none").to_owned(), true),
        _ if any => {
            let count = row.cells.iter().filter(|cell| cell.state == CellState::Answered).count();
            (view.lang.pick(format!("{count}部"), count.to_string()), false)
        }
        _ => {
            let full = must.clone().filter(|cell| cell.state == CellState::Answered).count();
            let all = must.count();
            (if all > 0 { format!("{full}/{all}") } else { String::new() }, full < all)
        }
    }
}

fn foot(page: &mut Page, view: &View<'_>) {
    page.raw("<tfoot><tr><th scope=\"row\">").text(view.lang.pick("未記載・一部記載の数", "Missing and partial"));
    page.raw("</th>");
    for department in 0..view.packets.len() {
        let counts = view.counts(Some(department));
        let open = counts.missing + counts.partial + counts.unreadable;
        page.raw(if open > 0 { "<td class=\"some\">" } else { "<td>" }).count(open).raw("</td>");
    }
    let counts = view.counts(None);
    page.raw("<td class=\"sum\">").count(counts.missing + counts.partial + counts.unreadable);
    page.raw("</td></tr></tfoot>\n");
}
