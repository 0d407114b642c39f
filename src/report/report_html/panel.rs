//! The wording of each item with every department's answer, which the page shows below the table
//! and the script copies beside it.

use super::data::View;
use super::matrix::letter;
use super::page::Page;
use crate::coverage::CellState;
use crate::packet::words::{self, symbol};
use crate::packet::{Gap, ItemFacts, LeafFacts, Where};

/// True where a department's cell has something to be read.
pub(super) fn is_answer(view: &View<'_>, department: usize, item: usize) -> bool {
    view.facts(department, item).is_some_and(|facts| {
        facts.state.0 != CellState::NotRequired
            || !(facts.responses.is_empty() && facts.goals.is_empty() && facts.declines.is_empty())
    })
}

pub(super) fn items(page: &mut Page, view: &View<'_>) {
    page.raw("<section class=\"items\"><h2 id=\"items\">");
    page.text(view.lang.pick("項目の文言と各部の答え", "The items and every answer")).raw("</h2>\n");
    for item in 0..view.year.items.len() {
        let key = view.item_key(item);
        page.raw("<section class=\"item\" id=\"i-")
            .text(&key)
            .raw("\"><h3>")
            .text(&view.item_name(item))
            .raw("</h3>\n");
        memo(page, view, item);
        for department in 0..view.packets.len() {
            if let Some(facts) = view.facts(department, item).filter(|_| is_answer(view, department, item)) {
                answer(page, view, department, (&key, facts));
            }
        }
        page.raw("</section>\n");
    }
    page.raw("</section>\n");
}

/// The memo's own words, who must answer, and the words before a change.
fn memo(page: &mut Page, view: &View<'_>, index: usize) {
    let (entry, lang) = (&view.year.items[index], view.lang);
    let item = entry.item;
    page.raw("<div class=\"memo\">\n");
    for sentence in item.text.iter().flat_map(|text| text.value.lines()) {
        page.raw("<p>").text(sentence).raw("</p>\n");
    }
    if let Some(amended) = &item.duty.amended {
        let since = amended.since.as_ref().map(|day| view.year.year.day_ja(day.value)).unwrap_or_default();
        let since = lang.pick(since, amended.since.as_ref().map(|day| day.value.to_string()).unwrap_or_default());
        let was = amended.was.as_ref().map(crate::model::Text::joined).unwrap_or_default();
        page.raw("<p class=\"was\">");
        page.text(&lang.pick(format!("{since}に改まる前: {was}"), format!("before {since}: {was}"))).raw("</p>\n");
    }
    page.meta(&who(view, index));
    page.raw("</div>\n");
}

/// Who must answer, clause by clause where they differ.
fn who(view: &View<'_>, index: usize) -> String {
    let leaves = view.year.items[index].leaves.clone();
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for leaf in leaves.map(|leaf| &view.year.leaves[leaf]) {
        let mut words = words::scope(leaf.scope.id()).get(view.lang).to_owned();
        if !leaf.leads.is_empty() {
            let names: Vec<String> = leaf.leads.iter().map(|at| view.department(*at).to_owned()).collect();
            let names = view.joined(&names);
            words.push_str(&view.lang.pick(format!("（主担当 {names}）"), format!(" (lead: {names})")));
        }
        if leaf.withdrawn {
            words = view.lang.pick("取り下げ", "withdrawn").to_owned();
        }
        match groups.iter_mut().find(|(other, _)| *other == words) {
            Some((_, ids)) => ids.push(leaf.id.to_string()),
            None => groups.push((words, vec![leaf.id.to_string()])),
        }
    }
    let head = view.lang.pick("応えを求める先: ", "To be answered by: ");
    if let [(words, _)] = groups.as_slice() {
        return format!("{head}{words}");
    }
    let parts: Vec<String> = groups.iter().map(|(words, ids)| format!("{} {words}", ids.join(" "))).collect();
    format!("{head}{}", parts.join(view.lang.pick("、", "; ")))
}

/// A state beside a heading.
pub(super) fn badge(page: &mut Page, state: CellState, words: &str) {
    page.raw(" <span class=\"badge ").raw(letter(state)).raw("\"><span aria-hidden=\"true\">").raw(symbol(state));
    page.raw("</span> ").text(words).raw("</span>");
}

fn answer(page: &mut Page, view: &View<'_>, department: usize, (key, facts): (&str, &ItemFacts)) {
    let (lang, id) = (view.lang, view.year.departments[department].id());
    page.raw("<article class=\"answer\" id=\"a-").text(key).raw("-").text(id).raw("\"><h4>");
    page.link(&format!("d-{id}"), view.department(department));
    badge(page, facts.state.0, facts.state.0.name().get(lang));
    page.raw("</h4>\n");
    let own = |gap: &&Gap| facts.leaves.iter().any(|leaf| leaf.item.id == gap.item.id);
    for gap in view.packets[department].gaps.iter().filter(own) {
        lack(page, view, gap);
    }
    for response in &facts.responses {
        page.raw("<p>").lines(&response.text).raw("</p>\n");
    }
    for decline in &facts.declines {
        let (reason, who) = (decline.reason.clone().unwrap_or_default(), decline.handled_by.clone());
        let who = who.map(|who| lang.pick(format!("　担当する部: {who}"), format!(" Handled by: {who}")));
        page.raw("<p>").text(lang.pick("非該当の理由: ", "Declined because: ")).lines(&reason);
        page.text(&who.unwrap_or_default()).raw("</p>\n");
    }
    goals(page, view, department, facts);
    answered_in(page, view, id, &facts.leaves);
    page.raw("</article>\n");
}

/// What is open, and the line to write on.
pub(super) fn lack(page: &mut Page, view: &View<'_>, gap: &Gap) {
    page.raw("<p class=\"lack\">").text(&format!("{} {}: ", gap.item.id, gap.state.0.name().get(view.lang)));
    page.text(&gap.lack);
    if let Some(quote) = &gap.quote {
        page.text(&view.lang.pick(format!("（{quote}）"), format!(" ({quote})")));
    }
    if let Some(place) = &gap.place {
        page.raw(" <code>").text(&format!("{}:{}", place.path, place.line)).raw("</code>");
    }
    page.raw("</p>\n");
}

fn goals(page: &mut Page, view: &View<'_>, department: usize, facts: &ItemFacts) {
    if facts.goals.is_empty() {
        return;
    }
    page.raw("<ul>");
    for (id, title) in &facts.goals {
        let index = view.packets[department].goals.iter().position(|goal| goal.id == *id).unwrap_or_default();
        page.raw("<li>").link(&view.goal_key(department, index), &format!("{id} {title}")).raw("</li>");
    }
    page.raw("</ul>\n");
}

/// Where the answer stands that neither goals nor responses give.
fn answered_in(page: &mut Page, view: &View<'_>, id: &str, leaves: &[LeafFacts]) {
    let mut places: Vec<Where> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| matches!(leaf.state.0, CellState::Answered | CellState::Partial)) {
        places.extend(leaf.answered_in.filter(|place| !places.contains(place)));
    }
    for place in places {
        let words = words::answered_in(place).get(view.lang);
        let anchor = match place {
            Where::Review | Where::Information | Where::Reform => format!("d-{id}-lists"),
            _ => format!("d-{id}"),
        };
        let words =
            view.lang.pick(format!("計画の「{words}」で応えています"), format!("answered by the plan's {words}"));
        page.raw("<p>").link(&anchor, &words).raw("</p>\n");
    }
}
