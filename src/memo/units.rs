//! Departments and divisions that the wording itself names: who is asked, and whom to turn to. Only
//! whole names that one unit has are taken, and each is marked to be confirmed.

use super::spacing::is_kanji;
use super::{Duties, Memo, Proposal, Why};
use crate::model::Scope;

/// A department or division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id, of a division `department/division`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// True where its department writes a plan, so that it can be asked.
    pub plans: bool,
}

/// What is done with whom one turns to.
const TURN_TO: &[&str] =
    &["報告", "連絡", "通報", "相談", "協議", "届け", "届出", "伝え", "照会", "問合せ", "問い合わせ"];

/// What stands behind the name of whom one turns to.
const TOWARDS: &[&str] = &["に", "と", "へ", "まで"];

impl Memo {
    /// Proposes leads and contacts from the names in the wording.
    pub fn name_units(&mut self, units: &[Unit]) {
        let alone = |unit: &&Unit| units.iter().filter(|other| other.name == unit.name).count() == 1;
        let units: Vec<&Unit> = units.iter().filter(alone).filter(|unit| unit.name.chars().count() > 1).collect();
        for item in self.sections.iter_mut().flat_map(|section| &mut section.items) {
            // Last year's decisions stand.
            if matches!(item.scope.why, Some(Why::LastYear(_) | Why::LastYearReworded(_))) {
                continue;
            }
            let open = matches!(item.scope.why, Some(Why::Nothing));
            if item.clauses.is_empty() {
                let text: String = item.text.lines().collect();
                contact(&text, &units, &mut item.duties);
                if let Some(unit) = asked(&text, &units).filter(|_| open) {
                    item.scope = lead(unit, &mut item.duties);
                }
            }
            for clause in item.clauses.iter_mut().filter(|clause| clause.viewpoint.is_none()) {
                contact(&clause.quote, &units, &mut clause.duties);
                if let Some(unit) = asked(&clause.quote, &units).filter(|_| clause.scope.is_none()) {
                    clause.scope = Some(lead(unit, &mut clause.duties));
                }
            }
        }
    }
}

/// `こども部は、…すること`: who is asked.
fn asked<'u>(text: &str, units: &[&'u Unit]) -> Option<&'u Unit> {
    let named = |unit: &&&Unit| text.strip_prefix(unit.name.as_str()).is_some_and(|rest| rest.starts_with("は"));
    units.iter().filter(|unit| unit.plans).find(named).copied()
}

fn lead(unit: &Unit, duties: &mut Duties) -> Proposal<Scope> {
    duties.lead = vec![unit.id.clone()];
    Proposal { value: Scope::AnyDepartment, why: Some(Why::Words(format!("{}は", unit.name))) }
}

/// `直ちに総務課に報告し`: whom one turns to.
fn contact(text: &str, units: &[&Unit], duties: &mut Duties) {
    for sentence in text.split_inclusive('。') {
        for unit in units {
            let Some(at) = sentence.find(unit.name.as_str()) else { continue };
            // The end of a longer name is another unit.
            let whole = !sentence[..at].ends_with(|c: char| is_kanji(c) || matches!(c, 'ァ'..='ヺ' | 'ー' | '・'));
            let rest = &sentence[at + unit.name.len()..];
            let towards = TOWARDS.iter().any(|word| rest.starts_with(word));
            let Some(word) = TURN_TO.iter().find(|word| rest.contains(**word)) else { continue };
            if whole && towards && !duties.contact.contains(&unit.id) {
                duties.contact.push(unit.id.clone());
                duties.contact_words = Some(format!("{}…{word}", unit.name));
            }
        }
    }
}
