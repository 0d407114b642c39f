//! One department: what is open and who counts on it, then its plan in its own words.

use super::data::View;
use super::page::Page;
use super::panel::{badge, lack};
use super::plots::Course;
use crate::coverage::CellState;
use crate::packet::{Day, GoalFacts, MeasureFacts, Packet, words};
use crate::say;

pub(super) fn departments(page: &mut Page, view: &View<'_>) {
    page.raw("<section class=\"depts\"><h2 id=\"departments\">");
    page.text(view.lang.pick("各部の計画", "The plans")).raw("</h2>\n");
    for department in 0..view.packets.len() {
        let id = view.year.departments[department].id();
        page.raw("<section class=\"dept\" id=\"d-").text(id).raw("\"><h3>").text(view.department(department));
        if let Some(words) = state(view, department) {
            badge(page, CellState::Partial, words);
        }
        page.raw("</h3>\n");
        top(page, view, department);
        plan(page, view, department);
        page.raw("</section>\n");
    }
    page.raw("</section>\n");
}

/// A plan's state where it is not simply there.
fn state(view: &View<'_>, department: usize) -> Option<&'static str> {
    let plan = &view.packets[department].plan;
    let word = if plan.state == "ok" { return None } else { plan.state };
    Some(words::choice(word).get(view.lang))
}

/// What a head looks for first: own gaps, who counts on us, what others hand to us.
fn top(page: &mut Page, view: &View<'_>, department: usize) {
    let (lang, packet) = (view.lang, &view.packets[department]);
    page.raw("<div class=\"top\"><h4>").text(lang.pick("書き足すこと", "To be written")).raw("</h4>\n");
    if packet.gaps.is_empty() {
        page.meta(
            lang.pick("ありません。求められた所は全て書かれています。", "Nothing: all that is asked is written."),
        );
    }
    packet.gaps.iter().for_each(|gap| lack(page, view, gap));
    let counting = counting(view, packet);
    page.raw("<h4>").text(lang.pick("この部を頼りにしている部", "Who counts on this department")).raw("</h4>\n");
    if counting.is_empty() && view.handed[department].is_empty() {
        page.meta(lang.pick("ありません。", "Nobody."));
    } else {
        page.raw("<ul>");
        counting.iter().for_each(|line| _ = page.raw("<li>").text(line).raw("</li>\n"));
        for handed in &view.handed[department] {
            let names: Vec<String> = handed.items.iter().map(|item| view.item_name(*item)).collect();
            let (who, items, reason) = (view.department(handed.department), view.joined(&names), &handed.reason);
            page.raw("<li>").text(&lang.pick(
                format!("{who}: 項目 {items} を、この部が担当するとして非該当としています（{reason}）"),
                format!("{who} declines {items} and names this department ({reason})"),
            ));
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.raw("</div>\n");
}

/// Departments whose goals name us, and whether our plan says so too.
fn counting(view: &View<'_>, packet: &Packet) -> Vec<String> {
    let named = packet.partners.iter().filter(|check| !check.theirs.is_empty());
    named
        .map(|check| {
            let (who, goals) = (&check.department, view.joined(&check.theirs));
            let open = view.joined(&check.unmet_theirs);
            let words = if open.is_empty() {
                say!(
                    "{who}: 目標 {goals} の連携する部として（双方に記載があります）",
                    "{who}: partner of its goal {goals} (both plans say so)"
                )
            } else {
                say!(
                    "{who}: 目標 {goals} の連携する部として（{open} は、この部の計画に記載がありません）",
                    "{who}: partner of its goal {goals} (this plan does not speak of {open})"
                )
            };
            words.get(view.lang).to_owned()
        })
        .collect()
}

fn plan(page: &mut Page, view: &View<'_>, department: usize) {
    let (lang, packet) = (view.lang, &view.packets[department]);
    if let Some(path) = &packet.plan.path {
        page.raw("<p class=\"meta\"><code>").text(path).raw("</code></p>\n");
    }
    page.raw("<dl>");
    page.field(lang.pick("使命", "Mission"), packet.mission.as_deref().unwrap_or_default());
    page.field(lang.pick("運営方針", "Direction"), packet.direction.as_deref().unwrap_or_default());
    page.raw("</dl>\n");
    for index in 0..packet.goals.len() {
        goal(page, view, (department, index));
    }
    lists(page, view, department);
}

fn goal(page: &mut Page, view: &View<'_>, (department, index): (usize, usize)) {
    let (lang, facts) = (view.lang, &view.packets[department].goals[index]);
    page.raw("<article class=\"goal\" id=\"").text(&view.goal_key(department, index)).raw("\"><h4>");
    page.text(&format!("{} {}", facts.id, facts.title)).raw("</h4>\n<dl>");
    page.field(lang.pick("課題", "Issue"), facts.issue.as_deref().unwrap_or_default());
    page.field(lang.pick("成果", "Outcome"), facts.outcome.as_deref().unwrap_or_default());
    let cites: Vec<String> = facts.cites.iter().map(|item| item.id.clone()).collect();
    page.field(lang.pick("応える項目", "Cites"), &view.joined(&cites));
    page.field(lang.pick("担当課", "Division"), facts.division.as_deref().unwrap_or_default());
    page.field(lang.pick("連携する部", "Partners"), &view.joined(&facts.partners));
    page.field(lang.pick("庁外の連携", "Outside partners"), &view.joined(&facts.outside_partners));
    for (label, text) in &facts.viewpoints {
        page.field(label, text.as_deref().unwrap_or_default());
    }
    page.field(lang.pick("指標がない理由", "No measure, because"), facts.no_measures.as_deref().unwrap_or_default());
    let day = |day: Option<Day>| day.map(|day| words::day(view.year.year.0, day, lang)).unwrap_or_default();
    let actions: Vec<String> = facts.actions.iter().map(|it| format!("{} {}", day(it.by), it.what)).collect();
    page.field(lang.pick("取組・手順", "Actions"), &actions.join("\n"));
    let budget = |it: &crate::packet::BudgetFacts| {
        let yen = it.thousand_yen.map(|value| words::thousand_yen(value, lang)).unwrap_or_default();
        format!("{} {yen} {}", it.project, day(it.start))
    };
    page.field(lang.pick("予算事業", "Budget"), &facts.budget.iter().map(budget).collect::<Vec<_>>().join("\n"));
    page.field(lang.pick("進捗", "Progress"), &progress(view, facts));
    page.raw("</dl>\n");
    let model = view.year.departments[department].plan.and_then(|plan| plan.goals.get(index));
    for (at, measure) in facts.measures.iter().enumerate() {
        let course = model.and_then(|goal| Course::of(view.year.year, goal, goal.measures.get(at)?));
        plot(page, view, measure, (course.as_ref(), &actuals(facts, measure)));
    }
    page.raw("</article>\n");
}

fn progress(view: &View<'_>, facts: &GoalFacts) -> String {
    let entry = |it: &crate::packet::ProgressFacts| {
        let state = it.state.map(|state| words::choice(state).get(view.lang)).unwrap_or_default();
        let rating =
            it.rating.as_ref().map(|rating| view.lang.pick(format!("評価 {rating}"), format!("rating {rating}")));
        let ahead = it.ahead.then(|| view.lang.pick("（この日より後）", "(after this day)").to_owned());
        let parts = [it.period.clone(), ahead, Some(state.to_owned()), rating, it.reason.clone(), it.next.clone()];
        parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(view.lang.pick("　", " / "))
    };
    facts.progress.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// `年度半ば 24％`
fn actuals(facts: &GoalFacts, measure: &MeasureFacts) -> Vec<String> {
    let mut all = Vec::new();
    for entry in &facts.progress {
        let own =
            entry.actuals.iter().filter(|(name, _)| crate::nearest::fold(name) == crate::nearest::fold(&measure.name));
        all.extend(own.map(|(_, value)| format!("{} {value}", entry.period.clone().unwrap_or_default())));
    }
    all
}

/// A measure in words, with its course beside it where it is in numbers.
fn plot(page: &mut Page, view: &View<'_>, measure: &MeasureFacts, (course, actuals): (Option<&Course>, &[String])) {
    let lang = view.lang;
    let none = || lang.pick("記載なし", "not given").to_owned();
    let (from, to) = (measure.baseline.clone().unwrap_or_else(none), measure.target.clone().unwrap_or_else(none));
    let reached = if actuals.is_empty() { String::new() } else { view.joined(actuals) };
    let between = if reached.is_empty() {
        String::new()
    } else {
        lang.pick(format!("実績値 {reached} → "), format!("actual {reached} → "))
    };
    let course_words =
        lang.pick(format!("現状値 {from} → {between}目標値 {to}"), format!("baseline {from} → {between}target {to}"));
    page.raw("<div class=\"plot\">");
    if let Some(course) = course {
        course.draw(page, &format!("{}: {course_words}", measure.name));
    }
    page.raw("<div><b>").text(&measure.name).raw("</b>");
    let kind = measure.kind.map(|kind| words::choice(kind).get(lang)).unwrap_or_default();
    let better = words::choice(measure.better).get(lang);
    page.raw(" <span class=\"soft\">").text(&format!("{kind} {better}")).raw("</span><br>");
    page.text(&course_words).raw("</div></div>\n");
}

fn lists(page: &mut Page, view: &View<'_>, department: usize) {
    let (lang, packet) = (view.lang, &view.packets[department]);
    page.raw("<div id=\"d-").text(&packet.department.id).raw("-lists\"><dl>");
    let told = |parts: &[&Option<String>]| {
        parts.iter().filter_map(|part| part.as_deref()).collect::<Vec<_>>().join(lang.pick(" ／ ", " / "))
    };
    for it in &packet.review {
        let about = view.joined(&it.subjects);
        page.field(
            &format!("{} {about}", lang.pick("検証・分析", "Review of")),
            &told(&[&it.status, &it.analysis, &it.remaining]),
        );
    }
    for it in &packet.information {
        page.field(lang.pick("情報収集", "Information"), &told(&[&it.source, &it.finding]));
    }
    for it in &packet.reform {
        page.field(lang.pick("業務改革", "Reform"), &told(&[&it.what, &it.before, &it.after, &it.stops]));
    }
    page.raw("</dl></div>\n");
}
