//! What a year that begins looks like on the screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::city::year::Year;
use crate::commands::command;
use crate::commands::new::table;
use crate::commands::rollover::Made;
use crate::date::FiscalYear;
use crate::lang::{Lang, bi};
use crate::model::has_placeholder;
use crate::say;
use crate::skeleton::{self, ItemTurn, Turn};

/// What was made, what changed, what is left over, and what comes next.
pub(super) fn screen(year: &Year<'_>, made: &Made, lang: Lang) -> String {
    let (ja, number) = (year.year.ja(), year.year);
    let nothing = made.policy.is_empty() && made.plans.is_empty();
    let head = if nothing {
        say!("{ja}  新しく作るものはありません。\n", "Fiscal year {number}: there is nothing to create.\n")
    } else {
        say!("{ja}を始めました\n\n", "Fiscal year {number} begins\n\n")
    };
    let mut text = head.get(lang).to_owned();
    text.extend(made.policy.iter().map(|(path, _)| format!("  {path}\n")));
    text.push_str(&table(&made.plans, lang));
    let items = turns(year);
    text.push_str(&items.as_ref().map(|turns| turned(turns, lang)).unwrap_or_default());
    text.push_str(&left_behind(year, lang));
    let last = FiscalYear(year.year.0.saturating_sub(1));
    let before = last.ja();
    let past = year.city.years.get(&last).and_then(|files| files.policy).and_then(|file| year.city.file(file).policy());
    if past.is_some_and(|policy| !policy.closed) {
        let words = say!(
            "\n{before}は、policy/{last}/policy.yaml に closed: true と書くまで、続けて点検します。\n",
            "\nFiscal year {last} is still checked, until policy/{last}/policy.yaml says closed: true.\n"
        );
        text.push_str(words.get(lang));
    }
    let words = say!(
        "年度を示さない命令は{ja}のものになります（{before}は --year {last}）。\n",
        "Commands that name no year now speak of {number} (--year {last} for the other).\n"
    );
    text.push_str(words.get(lang));
    text + &next(year, made, items.is_some(), lang)
}

/// The items of both memos; nothing while one of them is still to be written.
fn turns(year: &Year<'_>) -> Option<Vec<ItemTurn>> {
    let last = FiscalYear(year.year.0.checked_sub(1)?);
    let file = year.city.years.get(&last)?.policy.map(|file| year.city.file(file))?;
    let turns = skeleton::turns(file.policy().filter(|_| file.is_readable())?, year.docs.policy);
    turns.iter().any(|turn| turn.after.is_some()).then_some(turns)
}

/// How many items stay, and which do not.
fn turned(turns: &[ItemTurn], lang: Lang) -> String {
    let count = |wanted: Turn| turns.iter().filter(|turn| turn.turn == wanted).count();
    let (same, changed, new, gone) = (count(Turn::Same), count(Turn::Changed), count(Turn::New), count(Turn::Gone));
    let words = say!(
        "\n基本方針の項目  昨年度と同じ {same}、文言が変わった {changed}、新しい {new}、なくなった {gone}\n",
        "\nItems of the memo: {same} as last year, {changed} reworded, {new} new, {gone} gone\n"
    );
    let mut text = words.get(lang).to_owned();
    for turn in turns {
        let word = match turn.turn {
            Turn::Same if turn.before == turn.after => continue,
            Turn::Same => bi("番号が変わった", "renumbered"),
            Turn::Changed => bi("文言が変わった", "reworded  "),
            Turn::New => bi("新しい        ", "new       "),
            Turn::Gone => bi("なくなった    ", "gone      "),
        };
        let id = turn.after.or(turn.before).map(|id| id.to_string()).unwrap_or_default();
        let was = turn.before.filter(|before| turn.after.is_some_and(|after| after != *before));
        let was =
            was.map(|was| say!("（昨年度は {was}）", " (last year {was})").get(lang).to_owned()).unwrap_or_default();
        text.push_str(&format!("  {}  {id} {}{was}\n", word.get(lang), turn.title));
    }
    text
}

/// Plans of departments that are no more, and last year's goals that nobody goes on with.
fn left_behind(year: &Year<'_>, lang: Lang) -> String {
    let mut text = String::new();
    let known = |id: &str| year.docs.organization.departments.iter().any(|unit| unit.id.value == id);
    let strays: Vec<&str> = year
        .files
        .plans
        .iter()
        .filter(|(id, _)| !known(id))
        .map(|(_, file)| year.city.file(*file).path.as_str())
        .collect();
    if !strays.is_empty() {
        let list = strays.join("\n  ");
        let words = say!(
            "\norganization.yaml にない部の計画があります。ひな型のままなら消してください。\n  {list}\n",
            "\nPlans of departments that organization.yaml does not have; delete them if nobody wrote into them.\n  {list}\n"
        );
        text.push_str(words.get(lang));
    }
    text + &without_heir(year, lang) + &left_out(year, lang) + &with_two_heirs(year, lang)
}

/// Last year's goals that no department goes on with.
fn without_heir(year: &Year<'_>, lang: Lang) -> String {
    let carried = (0..year.departments.len()).flat_map(|index| skeleton::carried(year, index));
    let carried: BTreeSet<*const crate::model::Goal> = carried.map(|it| std::ptr::from_ref(it.goal)).collect();
    let last = FiscalYear(year.year.0.saturating_sub(1));
    let mut lost: Vec<String> = Vec::new();
    for (id, file) in year.city.years.get(&last).into_iter().flat_map(|files| &files.plans) {
        let goals = year.city.file(*file).plan().into_iter().flat_map(|plan| &plan.goals);
        let open = goals.filter(|goal| !carried.contains(&std::ptr::from_ref(*goal)));
        let written = open.filter(|goal| goal.title.as_ref().is_none_or(|title| !has_placeholder(&title.value)));
        lost.extend(written.map(|goal| format!("{id} {} {}", goal.id(), goal.name())));
    }
    if lost.is_empty() {
        return String::new();
    }
    let (count, list) = (lost.len(), lost.join("\n  "));
    let words = say!(
        "\n引き継ぐ部のない昨年度の目標が {count}件あります。引き継ぐ部の predecessors に、前の部を書いてください。\n  {list}\n",
        "\n{count} goals of last year go on nowhere. Name their department in predecessors of the one that goes on with them.\n  {list}\n"
    );
    words.get(lang).to_owned()
}

/// Last year's goals that a department may go on with and that stand in no plan, as happens where
/// departments were merged after their plans were made.
fn left_out(year: &Year<'_>, lang: Lang) -> String {
    let continued = continued(year);
    let mut lost: Vec<String> = Vec::new();
    for (index, department) in year.departments.iter().enumerate() {
        let Some(file) = department.file.filter(|_| department.plan.is_some()) else { continue };
        let (name, path) = (department.name(), &year.city.file(file).path);
        for carried in skeleton::carried(year, index) {
            let reference = whole(&carried.reference, department.id());
            if !continued.contains_key(&reference) {
                lost.push(format!("{reference} {}  {name} {path}", carried.goal.name()));
            }
        }
    }
    if lost.is_empty() {
        return String::new();
    }
    let (count, list, number) = (lost.len(), lost.join("\n  "), year.year);
    let words = say!(
        "\nどの計画にも入っていない昨年度の目標が {count}件あります。続けるなら、書き始めていない計画は消して\nもう一度 kpolicy rollover {number}、書いた計画には目標を足して continues に番号を書きます。\n  {list}\n",
        "\n{count} goals of last year are in no plan. To go on with one, delete the plan if nobody wrote into it\nand run kpolicy rollover {number} again, or add a goal that names it in continues.\n  {list}\n"
    );
    words.get(lang).to_owned()
}

/// `2025:kensetsu:G1` also for what a plan of that department names `2025:G1`.
fn whole(reference: &str, department: &str) -> String {
    match reference.split(':').collect::<Vec<_>>().as_slice() {
        [year, goal] => format!("{year}:{department}:{goal}"),
        _ => reference.to_owned(),
    }
}

/// Last year's goals that plans go on with, and the departments of these plans.
fn continued<'a>(year: &Year<'a>) -> BTreeMap<String, Vec<&'a str>> {
    let mut heirs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for department in &year.departments {
        for goal in department.plan.iter().flat_map(|plan| &plan.goals) {
            let Some(past) = &goal.continues else { continue };
            let owner = past.value.department.as_deref().unwrap_or(&department.unit.id.value);
            let past_year = past.value.year.map(|year| year.to_string()).unwrap_or_default();
            let reference = format!("{past_year}:{owner}:{}", past.value.goal);
            heirs.entry(reference).or_default().push(&department.unit.id.value);
        }
    }
    heirs
}

/// Last year's goals that stand in two plans, as happens where a department was split after its plan
/// was made.
fn with_two_heirs(year: &Year<'_>, lang: Lang) -> String {
    let twice: Vec<String> = continued(year)
        .iter()
        .filter(|(_, heirs)| heirs.len() > 1)
        .map(|(goal, heirs)| format!("{goal}  {}", heirs.join(lang.pick("、", ", "))))
        .collect();
    if twice.is_empty() {
        return String::new();
    }
    let list = twice.join("\n  ");
    let words = say!(
        "\n二つの計画が同じ昨年度の目標を引き継いでいます。分担するのでなければ、片方から消してください。\n  {list}\n",
        "\nTwo plans go on with the same goal of last year; unless they share it, take it out of one.\n  {list}\n"
    );
    words.get(lang).to_owned()
}

/// What comes next.
fn next(year: &Year<'_>, made: &Made, memo: bool, lang: Lang) -> String {
    let number = year.year;
    let imports = command(lang).find_subcommand("import").is_some();
    let mut steps = Vec::new();
    if !memo && imports {
        steps.push(say!(
            "基本方針を取り込みます: kpolicy import memo 文書 --year {number}",
            "Import the memo: kpolicy import memo FILE --year {number}"
        ));
    } else if !memo {
        steps.push(say!(
            "基本方針を書きます: policy/{number}/policy.yaml",
            "Write the memo: policy/{number}/policy.yaml"
        ));
    }
    if made.policy.iter().any(|(path, _)| path.ends_with("/organization.yaml")) {
        steps.push(say!(
            "組織が変わるときは policy/{number}/organization.yaml を直し、もう一度 kpolicy rollover {number}",
            "Where departments change: policy/{number}/organization.yaml, then kpolicy rollover {number} again"
        ));
    }
    if !memo || made.plans.is_empty() {
        steps.push(say!(
            "今の計画に足りない所を加えます: kpolicy new --all --missing --year {number}",
            "Add what the plans lack: kpolicy new --all --missing --year {number}"
        ));
    }
    if memo && !made.plans.is_empty() {
        steps.push(say!(
            "計画の「（記入）」と（確認）を書き換え、kpolicy check",
            "Write over （記入） and confirm （確認）, then kpolicy check"
        ));
    }
    let mut text = lang.pick("\n次にすること\n", "\nnext\n").to_owned();
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("  {} {}\n", index + 1, step.get(lang)));
    }
    text
}
