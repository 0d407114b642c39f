//! How the goals of every department stand; shown once there is something to tell.

use super::data::View;
use super::page::Page;
use crate::packet::Packet;
use crate::packet::words::{WORST_FIRST, choice};

/// The states from the worst, then goals of which nothing is written, then entries overdue.
const COLUMNS: usize = WORST_FIRST.len() + 2;

pub(super) fn table(page: &mut Page, view: &View<'_>) {
    let rows: Vec<[usize; COLUMNS]> = view.packets.iter().map(counts).collect();
    let sum = |at: usize| rows.iter().map(|row| row[at]).sum::<usize>();
    let told = (0..COLUMNS).any(|at| at != WORST_FIRST.len() && sum(at) > 0);
    if !told {
        return;
    }
    let lang = view.lang;
    let mut heads: Vec<&str> = WORST_FIRST.iter().map(|state| choice(state).get(lang)).collect();
    heads.extend([lang.pick("記入なし", "No entry"), lang.pick("期限を過ぎた記入", "Entries overdue")]);
    // What no goal is in would only widen the table.
    let shown: Vec<usize> = (0..COLUMNS).filter(|at| sum(*at) > 0).collect();
    page.raw("<section class=\"course\" id=\"progress\"><h2>").text(lang.pick("目標の進み具合", "How the goals stand"));
    page.raw("</h2>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">").text(lang.pick("部等", "Department"));
    page.raw("</th><th scope=\"col\">").text(lang.pick("目標", "Goals")).raw("</th>");
    shown.iter().for_each(|at| _ = page.raw("<th scope=\"col\">").text(heads[*at]).raw("</th>"));
    page.raw("</tr></thead>\n<tbody>\n");
    for (department, row) in rows.iter().enumerate() {
        let id = view.year.departments[department].id();
        page.raw("<tr><th scope=\"row\">").link(&format!("d-{id}"), view.department(department)).raw("</th>");
        line(page, &shown, view.packets[department].goals.len(), row);
    }
    page.raw("</tbody>\n<tfoot><tr><th scope=\"row\">").text(lang.pick("計", "Total")).raw("</th>");
    let all = std::array::from_fn(sum);
    line(page, &shown, view.packets.iter().map(|packet| packet.goals.len()).sum(), &all);
    page.raw("</tfoot></table></div></section>\n");
}

fn line(page: &mut Page, shown: &[usize], goals: usize, row: &[usize; COLUMNS]) {
    page.raw("<td>").count(goals).raw("</td>");
    for at in shown {
        let count = row[*at];
        page.raw(match (count, *at) {
            (0, _) => "<td class=\"n\">",
            (_, 0 | 1) => "<td class=\"m\">",
            (_, 2 | 3) => "<td class=\"p\">",
            (_, at) if at + 1 == COLUMNS => "<td class=\"m\">",
            _ => "<td>",
        });
        page.count(count).raw("</td>");
    }
    page.raw("</tr>\n");
}

fn counts(packet: &Packet) -> [usize; COLUMNS] {
    let mut counts = [0; COLUMNS];
    for goal in &packet.goals {
        let state = goal.state.and_then(|state| WORST_FIRST.iter().position(|other| *other == state));
        counts[state.unwrap_or(WORST_FIRST.len())] += 1;
    }
    counts[COLUMNS - 1] = packet.progress_overdue.len();
    counts
}
