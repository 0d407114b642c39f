//! What a person typed: which thing of which years, and its new id.

use crate::city::City;
use crate::city::names::{Resolved, Table, nearest};
use crate::city::year::Year;
use crate::date::FiscalYear;
use crate::error::Error;
use crate::ids::{self, LeafId, Read};
use crate::lang::Say;
use crate::mentions::{Mention, Role, Thing, mentions};
use crate::rename::{Rename, is_closed};
use crate::say;

/// Candidates told before the rest is only counted.
const MOST: usize = 12;

/// Reads `rename OLD NEW`: in the year asked for, else in the newest that is not closed and knows
/// the old id. What stays one thing over the years, such as a department, is renamed in all of them
/// that are not closed; an item, a clause or a goal belongs to its year.
pub fn ask(city: &City, asked: Option<FiscalYear>, old: &str, new: &str) -> Result<Rename, Error> {
    let (prefix, old) = split_year(old);
    let years = match asked.or(prefix) {
        Some(year) => vec![year],
        None => city.years.keys().rev().copied().filter(|year| !is_closed(city, *year)).collect(),
    };
    if years.is_empty() {
        return Err(Error::usage(say!("どの年度も締められています。", "every fiscal year is closed."))
            .hint(say!("--year で年度を示すと、改められます。", "Name one with --year to rename in it.")));
    }
    let found = mentions(city);
    let defined = |year: FiscalYear| found.iter().filter(move |it| it.role == Role::Definition && it.year == year);
    let (year, thing) = find(city, &years, &found, old)?;
    let lasting = !matches!(thing, Thing::Item(_) | Thing::Clause(_) | Thing::Goal(..));
    let mut years: Vec<FiscalYear> = match asked.or(prefix).is_none() && lasting {
        true => years.into_iter().filter(|year| defined(*year).any(|it| it.names(*year, &thing))).collect(),
        false => vec![year],
    };
    years.sort_unstable();
    let new = new_thing(&thing, new)?;
    let rename = Rename { years, old: thing, new };
    fits(city, &rename)?;
    free(city, &rename, &found)?;
    Ok(rename)
}

/// `2025:1-6` is item 1-6 of that year.
fn split_year(text: &str) -> (Option<FiscalYear>, &str) {
    match text.split_once([':', '：']) {
        Some((year, rest)) => match FiscalYear::parse_folder(year.trim()) {
            Some(year) => (Some(year), rest),
            None => (None, text),
        },
        None => (None, text),
    }
}

/// The thing, and the newest of the years that has it.
fn find(city: &City, years: &[FiscalYear], found: &[Mention], text: &str) -> Result<(FiscalYear, Thing), Error> {
    let mut known = Vec::new();
    for number in years {
        let year = Year::new(city, *number, number.first_day())?;
        let here = found.iter().filter(|it| it.role == Role::Definition && it.year == *number);
        let mut things: Vec<Thing> = here.filter_map(|it| it.named.things().into_iter().next()).collect();
        let mut meant = meant(year.as_ref(), &things, text);
        meant.sort();
        meant.dedup();
        match meant.as_slice() {
            [] => known.append(&mut things),
            [one] => return Ok((*number, one.clone())),
            many => return Err(several(text, many)),
        }
    }
    Err(unknown(text, &years.iter().rev().map(|year| year.ja()).collect::<Vec<_>>().join("と"), &known))
}

/// What of the defined things a text can mean: its id, another spelling of it, or its name.
fn meant(year: Option<&Year<'_>>, defined: &[Thing], text: &str) -> Vec<Thing> {
    let text = text.trim();
    let goal = |text: &str| match ids::read_goal(text) {
        Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => Some(id.to_string()),
        Read::Malformed => None,
    };
    let department = |text: &str| match year {
        Some(year) => entry(&year.names.departments, text),
        None => Some(text.to_owned()),
    };
    if let Some((owner, number)) = text.split_once([':', '：']) {
        let thing = department(owner).zip(goal(number)).map(|(owner, number)| Thing::Goal(owner, number));
        return defined.iter().filter(|known| Some(*known) == thing.as_ref()).cloned().collect();
    }
    if let Read::Exact(leaf) | Read::Spelled(leaf) | Read::Wrapped(leaf) = ids::read_leaf(text) {
        let thing = leaf.clause.map_or(Thing::Item(leaf.item), |_| Thing::Clause(leaf));
        return defined.iter().filter(|known| **known == thing).cloned().collect();
    }
    let number = goal(text);
    let whole = |known: &&Thing| known.to_string() == text;
    let own = |known: &&Thing| match known {
        Thing::Goal(_, id) => Some(id) == number.as_ref(),
        Thing::Division(_, id) => id == text,
        _ => false,
    };
    let mut things: Vec<Thing> = defined.iter().filter(whole).cloned().collect();
    if things.is_empty() {
        things.extend(defined.iter().filter(own).cloned());
    }
    if things.is_empty()
        && let Some(year) = year
    {
        let names = &year.names;
        let unit = names.unit(text).found().map(|unit| match names.unit_id(unit).split_once('/') {
            Some((owner, id)) => Thing::Division(owner.to_owned(), id.to_owned()),
            None => Thing::Department(names.unit_id(unit)),
        });
        things.extend(unit);
        things.extend(entry(&names.references, text).map(Thing::Reference));
        things.extend(entry(&names.viewpoints, text).map(Thing::Viewpoint));
        things.extend(entry(&names.interviewers, text).map(Thing::Interviewer));
    }
    things
}

fn entry(table: &Table, text: &str) -> Option<String> {
    match table.resolve(text.trim()) {
        Resolved::Exact(index) | Resolved::Spelled(index, _) | Resolved::Wrapped(index, _) => {
            table.entries().get(index).map(|(id, _)| id.clone())
        }
        Resolved::Ambiguous(_) | Resolved::Unknown => None,
    }
}

fn several(text: &str, many: &[Thing]) -> Error {
    let count = many.len();
    let mut error =
        Error::usage(say!("「{text}」に当たるものが {count}件あります。", "{text} could be {count} things."));
    for thing in many.iter().take(MOST) {
        let (ja, en) = (thing.kind().ja, thing.kind().en);
        error = error.hint(say!("  {thing}（{ja}）", "  {thing} ({en})"));
    }
    error.hint(say!(
        "部の記号を付けるか、名称で示してください。",
        "Put the department in front of it, or give its name."
    ))
}

fn unknown(text: &str, years: &str, known: &[Thing]) -> Error {
    let ids: Vec<String> = known.iter().map(ToString::to_string).collect();
    let near = nearest(text, ids.iter().map(String::as_str)).map(str::to_owned);
    let error = Error::usage(say!(
        "「{text}」という番号や記号は、{years}にありません。",
        "nothing has the id {text} in any year that can be changed."
    ));
    let error = match near {
        Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
        None => error,
    };
    error.hint(say!(
        "改められるもの: 項目 1-6、部分 1-6-a、部 somu、課 somu/bosai、目標 somu:G3、計画・指針の記号",
        "Can be renamed: an item 1-6, a clause 1-6-a, a department somu, a division somu/bosai, a goal somu:G3, a registered plan"
    ))
}

/// The same thing with the new id, if that has the right form.
fn new_thing(old: &Thing, text: &str) -> Result<Thing, Error> {
    let text = text.trim();
    let own = |separator: char, owner: &str| match text.split_once(separator) {
        Some((written, id)) => (written == owner).then(|| id.to_owned()),
        None => Some(text.to_owned()),
    };
    let name = |id: Option<String>| id.filter(|id| ids::is_name(id));
    let new = match old {
        Thing::Item(_) => leaf(text, false).map(|leaf| Thing::Item(leaf.item)),
        Thing::Clause(_) => leaf(text, true).map(Thing::Clause),
        Thing::Goal(owner, _) => own(':', owner).filter(|id| ids::is_goal(id)).map(|id| Thing::Goal(owner.clone(), id)),
        Thing::Division(owner, _) => name(own('/', owner)).map(|id| Thing::Division(owner.clone(), id)),
        Thing::Node(owner, _) => name(own('/', owner)).map(|id| Thing::Node(owner.clone(), id)),
        Thing::Department(_) => name(Some(text.to_owned())).map(Thing::Department),
        Thing::Reference(_) => name(Some(text.to_owned())).map(Thing::Reference),
        Thing::Viewpoint(_) => name(Some(text.to_owned())).map(Thing::Viewpoint),
        Thing::Interviewer(_) => name(Some(text.to_owned())).map(Thing::Interviewer),
    };
    let Some(new) = new else { return Err(malformed(old, text)) };
    if new == *old {
        return Err(Error::usage(say!("新しい番号や記号が、今と同じ {old} です。", "{old} is its id already."))
            .hint(say!("別の番号か記号を示してください。", "Give another id.")));
    }
    Ok(new)
}

fn leaf(text: &str, clause: bool) -> Option<LeafId> {
    match ids::read_leaf(text) {
        Read::Exact(leaf) => Some(leaf).filter(|leaf| leaf.clause.is_some() == clause),
        _ => None,
    }
}

fn malformed(old: &Thing, text: &str) -> Error {
    let kind = old.kind();
    let form = match old {
        Thing::Item(_) => say!("項目の番号は 1-6 のように書きます。", "The id of an item reads 1-6."),
        Thing::Clause(_) => say!("部分の番号は 1-6-a のように書きます。", "The id of a clause reads 1-6-a."),
        Thing::Goal(owner, _) => say!(
            "目標の番号は G3 か {owner}:G3 のように書きます（英大文字１〜３字と数字１〜３字）。別の部へは移せません。",
            "The id of a goal reads G3 or {owner}:G3 (1-3 capital letters, 1-3 digits); it cannot go to another department."
        ),
        Thing::Division(owner, _) | Thing::Node(owner, _) => say!(
            "新しい記号は、英小文字で始まる英小文字・数字・- の64字までです（{owner}/ は付けても省いても同じです）。",
            "An id begins with a-z and has a-z, 0-9 and -, at most 64 in all ({owner}/ in front of it or not)."
        ),
        _ => say!(
            "新しい記号は、英小文字で始まる英小文字・数字・- の64字までです（con、aux など Windows が使う名前は除きます）。",
            "An id begins with a-z and has a-z, 0-9 and -, at most 64 in all (no name that Windows keeps, such as con or aux)."
        ),
    };
    let (ja, en) = (kind.ja, kind.en);
    Error::usage(say!("「{text}」は、{ja}の新しい番号や記号にできません。", "{text} cannot be the id of a {en}."))
        .hint(form)
}

/// An item stays in its section, a clause in its item.
fn fits(city: &City, rename: &Rename) -> Result<(), Error> {
    let wrong = |outer: Say, inner: String| {
        let (old, ja, en) = (&rename.old, &outer.ja, &outer.en);
        Err(Error::usage(say!(
            "{old} は{ja}にあるため、新しい番号は {inner} で始めてください。",
            "{old} stands in {en}, so that its new id begins with {inner}"
        )))
    };
    match (&rename.old, &rename.new) {
        (Thing::Clause(old), Thing::Clause(new)) if old.item != new.item => {
            let item = old.item;
            wrong(say!("項目 {item} の中", "item {item}"), format!("{item}-"))
        }
        (Thing::Item(old), Thing::Item(new)) => {
            let files = rename.years.first().and_then(|year| city.years.get(year));
            let policy = files.and_then(|files| files.policy).and_then(|id| city.file(id).policy());
            let mut sections = policy.into_iter().flat_map(|policy| &policy.sections);
            let holds = |item: &crate::model::Item| item.id.value.item == *old;
            let section = sections.find(|section| section.items.iter().any(holds));
            match section.and_then(|section| section.number.as_ref()).map(|number| number.value) {
                Some(number) if number != new.section => {
                    wrong(say!("章 {number} ", "section {number}"), format!("{number}-"))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Nothing else has or means the new id, and no file has its name.
fn free(city: &City, rename: &Rename, found: &[Mention]) -> Result<(), Error> {
    let new = &rename.new;
    let taken = found.iter().filter(|it| rename.hits(it.year) && it.named.things().contains(new));
    if let Some(mention) = taken.min_by_key(|mention| mention.role == Role::Use) {
        let line = city.position(mention.place).line;
        let path = &city.file(mention.place.file).path;
        let told =
            Error::usage(say!("{new} はもう使われています（{path}:{line}）。", "{new} is taken ({path}:{line})."));
        let hint = match new {
            Thing::Item(_) | Thing::Clause(_) => say!(
                "空いている番号を示してください。取りやめた項目の番号も使い回しません。",
                "Give one that is free; the id of a withdrawn item is not free either."
            ),
            _ => say!("空いている番号か記号を示してください。", "Give one that is free."),
        };
        return Err(told.hint(hint));
    }
    let Thing::Department(id) = new else { return Ok(()) };
    let named = |file: &crate::city::CityFile| {
        let same = file.role.department.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(id));
        same && file.role.year.is_some_and(|year| rename.hits(year))
    };
    match city.files.iter().find(|file| named(file)) {
        None => Ok(()),
        Some(file) => {
            let path = &file.path;
            Err(Error::usage(say!("{path} がもうあります。", "there is a {path} already.")).hint(say!(
                "別の記号にするか、このファイルを移してください。",
                "Choose another id, or move that file."
            )))
        }
    }
}
