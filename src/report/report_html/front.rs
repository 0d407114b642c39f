//! The first view: one sentence and whom to ask for the mayor, the tools, and the planner's lists.

use serde_json::{Value, json};

use super::data::{Ask, View};
use super::page::Page;
use crate::city::year::PlanState;
use crate::coverage::CellState;
use crate::packet::words::{symbol, weekday};
use crate::say;
use crate::ui::is_hidden;

/// The names of the counts, as the script knows them.
const COUNTS: [&str; 5] = ["answered", "partial", "missing", "declined", "unmet"];

/// The sentence, and the one under it, of one department or of all.
fn sentences(view: &View<'_>, department: Option<usize>) -> (String, String) {
    let (lang, counts) = (view.lang, view.counts(department));
    let (missing, partial, unreadable) = (counts.missing, counts.partial, counts.unreadable);
    let unmet = view.unmet_count(department);
    let who = department.map(|at| shown(view.department(at)));
    let who = who.map(|name| lang.pick(format!("{name}: "), format!("{name}: "))).unwrap_or_default();
    let mut open = vec![say!("未記載 {missing}か所", "{missing} missing").get(lang).to_owned()];
    if partial > 0 {
        open.push(say!("一部記載 {partial}か所", "{partial} partial").get(lang).to_owned());
    }
    if unreadable > 0 {
        open.push(say!("読取不可 {unreadable}か所", "{unreadable} unreadable").get(lang).to_owned());
    }
    let open = view.joined(&open);
    let behind = if unmet > 0 {
        say!("、未達・遅れの目標が {unmet}件あります。", "; {unmet} goals behind or not reached.")
    } else {
        say!("、未達・遅れの目標はありません。", "; no goal is behind.")
    };
    let head = if missing + partial + unreadable == 0 {
        say!("{who}未記載はなく", "{who}Nothing is missing")
    } else if department.is_none() {
        let departments = view.ask.iter().filter(|ask| ask.open).count();
        say!("{open}（{departments}部）", "{open} ({departments} departments)")
    } else {
        say!("{who}{open}", "{who}{open}")
    };
    let first = format!("{}{}", head.get(lang), behind.get(lang));
    let (required, answered, percent) = (counts.required, counts.answered, counts.percent());
    let second = say!(
        "求められた {required}か所のうち {answered}か所に記載があります（{percent}％）。記載は、行ったことの証しではありません。",
        "{answered} of {required} places asked for are written ({percent}%). What is written is not yet done."
    );
    (first, second.get(lang).to_owned())
}

fn numbers(view: &View<'_>, department: Option<usize>) -> [usize; 5] {
    let counts = view.counts(department);
    // Every decline that the table shows, also of what a department need not answer.
    let all = view.packets.iter().enumerate().filter(|(at, _)| department.is_none_or(|own| own == *at));
    let declined = all.map(|(_, packet)| packet.counts.declined).sum();
    [counts.answered, counts.partial, counts.missing, declined, view.unmet_count(department)]
}

/// A name for the script, which puts it on the page as it is: without what would turn or hide text.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !is_hidden(*c)).collect()
}

/// How loud the sentence is: something open, something not reached, or neither.
fn tone(view: &View<'_>, department: Option<usize>) -> &'static str {
    let counts = view.counts(department);
    if counts.missing + counts.partial + counts.unreadable > 0 {
        "open"
    } else if view.unmet_count(department) > 0 {
        "late"
    } else {
        "well"
    }
}

/// What the script needs to know: the words and numbers of each department and of all.
pub(super) fn data(view: &View<'_>) -> Value {
    let lang = view.lang;
    let told = |department: Option<usize>| {
        let (say, say2) = sentences(view, department);
        let numbers = numbers(view, department);
        let counts: serde_json::Map<String, Value> =
            COUNTS.iter().zip(numbers).map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
        let own = department.map(|at| (view.year.departments[at].id(), shown(view.department(at))));
        let (id, name) = own.unwrap_or_default();
        json!({"id": id, "name": name, "say": say, "say2": say2, "tone": tone(view, department), "counts": counts})
    };
    json!({
        "all": told(None),
        "departments": (0..view.packets.len()).map(|at| told(Some(at))).collect::<Vec<_>>(),
        "words": {
            "of": lang.pick("／", "/"),
            "none": lang.pick("この部には求めていません。記載もありません。", "Not asked of this department, and nothing is written."),
            "gap": lang.pick("応えのない所", "open"),
            "nogap": lang.pick("応えのない所はありません", "nothing is open"),
            "found": lang.pick("%i項目を表示、答えの中に %c か所", "%i items shown, found in %c answers"),
        },
    })
}

pub(super) fn hero(page: &mut Page, view: &View<'_>) {
    let (first, second) = sentences(view, None);
    page.raw("<section class=\"hero ").raw(tone(view, None)).raw("\" id=\"hero\"");
    page.raw(" aria-labelledby=\"say\"><h2 class=\"say\" id=\"say\">").text(&first);
    page.raw("</h2>\n<p class=\"say2\" id=\"say2\">").text(&second).raw("</p>\n<ul class=\"tiles\">");
    let states = [CellState::Answered, CellState::Partial, CellState::Missing, CellState::Declined];
    for (at, (name, count)) in COUNTS.iter().zip(numbers(view, None)).enumerate() {
        page.raw("<li>");
        match states.get(at) {
            Some(state) => {
                page.raw("<span class=\"k ").raw(super::matrix::letter(*state)).raw("\" aria-hidden=\"true\">");
                page.raw(symbol(*state)).raw("</span> ").text(state.name().get(view.lang));
            }
            None => _ = page.text(view.lang.pick("未達・遅れの目標", "goals behind")),
        }
        page.raw(" <b id=\"n-").raw(name).raw("\">").count(count).raw("</b></li>");
    }
    page.raw("</ul></section>\n");
}

pub(super) fn cards(page: &mut Page, view: &View<'_>) {
    page.raw("<div class=\"cards\" id=\"cards\">\n");
    ask(page, view);
    thin(page, view);
    unmet(page, view);
    page.raw("</div>\n<div id=\"own\" class=\"card\" hidden></div>\n");
}

fn card(page: &mut Page, heading: &str) {
    page.raw("<section class=\"card\"><h2>").text(heading).raw("</h2>\n");
}

/// Rows of a card before the rest is only counted.
const ROWS: usize = 3;

fn ask(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    card(page, lang.pick("先に声を掛ける部", "Whom to speak to first"));
    if view.ask.is_empty() {
        page.raw("<p>").text(lang.pick("ありません。", "Nobody.")).raw("</p>");
    }
    page.raw("<ol>");
    view.ask.iter().take(ROWS).for_each(|it| asked(page, view, it));
    page.raw("</ol>");
    more(page, view, view.ask.len());
    page.raw("</section>\n");
}

fn asked(page: &mut Page, view: &View<'_>, ask: &Ask) {
    let (lang, department) = (view.lang, &view.year.departments[ask.department]);
    page.raw("<li>").link(&format!("d-{}", department.id()), department.name()).raw(" ");
    if let Some(day) = ask.day {
        let day = weekday(view.year.year.0, day, lang);
        page.raw("<span class=\"when\">").text(&lang.pick(format!("面談 {day}"), format!("interview {day}")));
        page.raw("</span>");
    }
    let mut words = match department.state {
        PlanState::Missing => lang.pick("計画が出ていません", "no plan yet").to_owned(),
        PlanState::Unreadable => lang.pick("計画を読み取れません", "the plan cannot be read").to_owned(),
        _ => lacks(view, ask.department),
    };
    if department.state == PlanState::Draft {
        words.push_str(lang.pick("（下書き）", " (draft)"));
    }
    page.raw("<b>").text(&words).raw("</b></li>\n");
}

/// `未記載 5、未達・遅れの目標 2`
fn lacks(view: &View<'_>, department: usize) -> String {
    let counts = view.counts(Some(department));
    let named = [
        (counts.missing, view.lang.pick("未記載", "missing")),
        (counts.partial, view.lang.pick("一部記載", "partial")),
        (view.unmet_count(Some(department)), view.lang.pick("未達・遅れの目標", "goals behind")),
    ];
    let told = named.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{name} {count}"));
    view.joined(&told.collect::<Vec<_>>())
}

fn more(page: &mut Page, view: &View<'_>, all: usize) {
    if let Some(rest) = all.checked_sub(ROWS).filter(|rest| *rest > 0) {
        page.meta(&view.lang.pick(format!("ほか {rest}"), format!("and {rest} more")));
    }
}

fn thin(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    card(page, lang.pick("手薄な項目", "Thin items"));
    let shown: Vec<_> = view.thin.iter().take(ROWS).collect();
    if shown.first().is_none_or(|thin| thin.must.is_none() && thin.answered > 1) {
        page.raw("<p>").text(lang.pick(
            "求めた部の全てが応えています。応える部の少ない項目:",
            "All who are asked answer. Items that fewest departments answer:",
        ));
        page.raw("</p>");
    }
    page.raw("<ol>");
    for thin in shown {
        page.raw("<li>").link(&format!("i-{}", view.item_key(thin.item)), &view.item_name(thin.item)).raw(" <b>");
        let answered = thin.answered;
        page.text(&match thin.must {
            Some(must) => lang.pick(format!("{answered}/{must}部"), format!("{answered} of {must}")),
            None if answered == 0 => lang.pick("どの部も応えていません".to_owned(), "nobody".to_owned()),
            None => lang.pick(format!("{answered}部"), format!("{answered} of any")),
        });
        page.raw("</b></li>\n");
    }
    page.raw("</ol></section>\n");
}

fn unmet(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    card(page, lang.pick("未達・遅れの目標", "Goals behind or not reached"));
    if view.unmet_count(None) == 0 {
        page.raw("<p>").text(lang.pick("ありません。", "None.")).raw("</p>");
    }
    page.raw("<ul>");
    // The first of each department before the second of any.
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (department, list) in view.unmet.iter().enumerate() {
        all.extend((0..list.len()).map(|at| (at, department)));
    }
    all.sort_unstable();
    for (at, department) in all.iter().take(ROWS).copied() {
        let question = &view.unmet[department][at];
        let goals = &view.packets[department].goals;
        let goal = question.goals.first().and_then(|id| goals.iter().position(|goal| goal.id == *id));
        page.raw("<li>");
        match goal {
            Some(goal) => {
                let words = format!("{} {} {}", view.department(department), goals[goal].id, goals[goal].title);
                page.link(&view.goal_key(department, goal), &words);
            }
            None => _ = page.text(view.department(department)),
        }
        page.raw("<span class=\"meta clip\">").text(&question.reason).raw("</span></li>\n");
    }
    page.raw("</ul>");
    more(page, view, all.len());
    page.raw("</section>\n");
}

/// Search, department, gaps; shown by the script, without which they would do nothing.
pub(super) fn tools(page: &mut Page, view: &View<'_>) {
    let lang = view.lang;
    page.raw("<form class=\"tools\" id=\"tools\" role=\"search\" hidden>\n<label>").text(lang.pick("部", "Department"));
    page.raw(" <select id=\"pick\"><option value=\"\">").text(lang.pick("全ての部", "all")).raw("</option>");
    for department in &view.year.departments {
        page.raw("<option value=\"").text(department.id()).raw("\">").text(department.name()).raw("</option>");
    }
    page.raw("</select></label>\n<label>").text(lang.pick("探す", "Search"));
    page.raw(" <input type=\"search\" id=\"search\" autocomplete=\"off\" placeholder=\"");
    page.text(lang.pick("言葉・番号", "words or ids")).raw("\"><kbd>/</kbd></label>\n");
    page.raw("<label><input type=\"checkbox\" id=\"open\">").text(lang.pick("応えのない項目だけ", "only open items"));
    page.raw("</label>\n<button type=\"button\" id=\"next\">").text(lang.pick("次の応えのない所", "Next open"));
    page.raw("<kbd>N</kbd></button>\n<span class=\"told\" id=\"told\" role=\"status\"></span></form>\n");
}
