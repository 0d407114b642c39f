//! How what people typed or chose in a cell is understood.

use super::{Entry, Words};
use crate::city::names::{fold, nearest};
use crate::date::Date;
use crate::ids::{self, Read};
use crate::lang::{Lang, Say};
use crate::model::{Subject, canonical_number, has_placeholder, is_canonical_number, is_placeholder, would_be_rounded};
use crate::say;
use crate::shape::{Choice, Kind, Target};

impl Words<'_> {
    /// The word for the file of what was typed or chosen in a cell.
    ///
    /// # Errors
    /// What is wrong with it, and what to type.
    pub fn read(&self, kind: &Kind, typed: &str, owner: Option<&str>) -> Result<String, Say> {
        let bare = typed.trim();
        let words = matches!(kind, Kind::Text | Kind::TextOrNumber | Kind::Map(..) | Kind::List(_) | Kind::One(_));
        // Blanks around words are the writer's, also where a part of them is still to be written.
        if is_placeholder(bare) || (has_placeholder(bare) && !words) {
            return Ok(bare.to_owned());
        }
        match kind {
            _ if words => Ok(typed.to_owned()),
            Kind::Number => number(bare),
            Kind::Count => number(bare).and_then(|number| match number.parse::<u16>() {
                Ok(_) => Ok(number),
                Err(_) => {
                    Err(say!("「{bare}」は 0 から 9999 までの数ではありません", "{bare} is no number from 0 to 9999"))
                }
            }),
            Kind::Date => {
                let day = Date::parse_iso(bare).or_else(|| Date::parse_loose(bare));
                day.map(|day| day.to_string()).ok_or_else(|| {
                    say!(
                        "「{bare}」は日付として読めません。例 2025/4/1、令和７年４月１日",
                        "{bare} is no date; type one such as 2025-04-01"
                    )
                })
            }
            Kind::Bool => match fold(bare).to_lowercase().as_str() {
                "true" | "yes" | "はい" | "○" | "〇" | "1" => Ok("true".to_owned()),
                "false" | "no" | "いいえ" | "×" | "0" => Ok("false".to_owned()),
                _ => Err(say!(
                    "「{bare}」は選べません。はい か いいえ を選んでください",
                    "{bare} cannot be chosen; choose yes or no"
                )),
            },
            Kind::Choice(choices) => self.choice(choices, bare),
            Kind::Cite | Kind::Subject => self.cite(kind, bare),
            Kind::GoalId => match ids::read_goal(bare) {
                Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => Ok(id.to_string()),
                Read::Malformed => {
                    Err(say!("「{bare}」は番号として読めません。例 G1", "{bare} is no id; type one such as G1"))
                }
            },
            _ => self.name(kind, bare, owner),
        }
    }

    fn choice(&self, choices: &'static [Choice], bare: &str) -> Result<String, Say> {
        let folded = fold(bare);
        let means = |choice: &&Choice| {
            choice.id == folded || fold(choice.en) == folded || choice.ja.iter().any(|word| fold(word) == folded)
        };
        let found = choices.iter().find(means).map(|choice| choice.id.to_owned());
        let list = |lang: Lang| choices.iter().map(|choice| choice.name().get(lang)).collect::<Vec<_>>();
        let (ja, en) = (list(Lang::Ja).join("、"), list(Lang::En).join(", "));
        found.ok_or_else(|| {
            say!("「{bare}」は選べません。選べるのは {ja} です", "{bare} cannot be chosen; choose one of {en}")
        })
    }

    fn cite(&self, kind: &Kind, bare: &str) -> Result<String, Say> {
        if let Some(entry) = self.offered(kind, bare, None) {
            return Ok(entry.id.clone());
        }
        let word = bare.split(char::is_whitespace).next().unwrap_or_default();
        let subject = match Subject::read(bare) {
            Read::Malformed => Subject::read(word),
            read => read,
        };
        let subject = match subject {
            Read::Exact(subject) | Read::Spelled(subject) | Read::Wrapped(subject) => subject,
            Read::Malformed => return Err(self.unknown(kind, bare)),
        };
        match &subject {
            Subject::Cite(cite) if cite.year.is_none() && self.year.locate(cite.leaf).is_none() => {
                Err(self.unknown(kind, bare))
            }
            Subject::Goal(_) if matches!(kind, Kind::Cite) => Err(self.unknown(kind, bare)),
            _ => Ok(subject.to_string()),
        }
    }

    fn name(&self, kind: &Kind, bare: &str, owner: Option<&str>) -> Result<String, Say> {
        if let Some(entry) = self.offered(kind, bare, owner) {
            return Ok(entry.id.clone());
        }
        let names = &self.year.names;
        let ids = match kind {
            Kind::Ref(Target::Department) => {
                names.department(bare).found().map(|index| names.departments.entries()[index].0.clone())
            }
            Kind::Ref(Target::Unit) => names.unit(bare).found().map(|unit| names.unit_id(unit)),
            Kind::Ref(Target::OwnDivision) => names
                .division(self.department, bare)
                .found()
                .map(|index| names.divisions[self.department].entries()[index].0.clone()),
            Kind::Ref(Target::Reference) => {
                names.references.resolve(bare).found().map(|index| names.references.entries()[index].0.clone())
            }
            Kind::Ref(Target::OwnGoal | Target::PastGoal | Target::OthersGoal) => {
                let word = bare.split(char::is_whitespace).next().unwrap_or_default();
                match ids::read_goal_ref(word) {
                    Read::Exact(goal) | Read::Spelled(goal) | Read::Wrapped(goal) => Some(goal.to_string()),
                    Read::Malformed => None,
                }
            }
            // A measure may be new in the same workbook; check tells whether there is one.
            Kind::Ref(Target::Measure) => Some(bare.to_owned()),
            _ => None,
        };
        ids.ok_or_else(|| self.unknown(kind, bare))
    }

    /// What was chosen, or typed so that it can be nothing else.
    fn offered(&self, kind: &Kind, bare: &str, owner: Option<&str>) -> Option<&Entry> {
        let entries = self.entries(kind);
        let own = |entry: &&Entry| entry.owner.is_none() || owner.is_none() || entry.owner.as_deref() == owner;
        let exact = entries.iter().filter(own).find(|entry| entry.label == bare || entry.id == bare);
        let folded = fold(bare);
        let titled = |entry: &&Entry| {
            let title = entry.label.strip_prefix(&entry.id).map(fold);
            fold(&entry.label) == folded || fold(&entry.id) == folded || title.is_some_and(|title| title == folded)
        };
        exact.or_else(|| {
            let mut found = entries.iter().filter(own).filter(titled);
            found.next().filter(|_| found.next().is_none())
        })
    }

    /// Why a word is not understood, and what can be written: all of it where that is little.
    fn unknown(&self, kind: &Kind, bare: &str) -> Say {
        let entries = self.entries(kind);
        if let Some(owner) = self.owner_of_division(kind, bare) {
            let own = listed(entries, Lang::Ja);
            let own_en = listed(entries, Lang::En);
            return say!(
                "「{bare}」は{owner}の課です。選べるのは {own} です",
                "{bare} is a division of {owner}; choose one of {own_en}"
            );
        }
        let near = nearest(bare, entries.iter().flat_map(|entry| [entry.label.as_str(), entry.id.as_str()]));
        if let Some(near) = near {
            return say!("「{bare}」が分かりません。もしかして: {near}", "{bare} is unknown; did you mean: {near}");
        }
        if (1..=FEW).contains(&entries.len()) {
            let (ja, en) = (listed(entries, Lang::Ja), listed(entries, Lang::En));
            return say!("「{bare}」は選べません。選べるのは {ja} です", "{bare} cannot be chosen; choose one of {en}");
        }
        say!("「{bare}」が分かりません。一覧から選んでください", "{bare} is unknown; choose from the list")
    }

    /// The department whose division was named where one of this plan's own is wanted.
    fn owner_of_division(&self, kind: &Kind, bare: &str) -> Option<String> {
        if !matches!(kind, Kind::Ref(Target::OwnDivision)) {
            return None;
        }
        let names = &self.year.names;
        let unit = names.unit(bare).found().map(|unit| names.unit_id(unit))?;
        let (owner, _) = unit.split_once('/')?;
        names.departments.entries().iter().find(|(id, _)| id == owner).map(|(_, name)| name.clone())
    }
}

/// As many choices as are named in a message.
const FEW: usize = 8;

fn listed(entries: &[Entry], lang: Lang) -> String {
    let labels: Vec<&str> = entries.iter().map(|entry| entry.label.as_str()).collect();
    labels.join(lang.pick("、", ", "))
}

/// A number as the file holds it.
fn number(bare: &str) -> Result<String, Say> {
    match canonical_number(bare) {
        Some(number) if would_be_rounded(&number) => {
            Err(say!("「{bare}」は桁が多すぎます（15桁まで）", "{bare} has too many digits (15 at most)"))
        }
        Some(number) if is_canonical_number(&number) => Ok(number),
        _ => Err(say!(
            "「{bare}」は数ではありません。単位や記号を除いて数だけを書いてください",
            "{bare} is no number; type the digits only, without unit or sign"
        )),
    }
}
