//! `coverage --min`: fails unless enough is answered; exact, never by the percentage as printed.

use crate::coverage::CellState;
use crate::error::Error;
use crate::lang::Lang;
use crate::nearest::fold;
use crate::report::coverage_gaps::path_and_line;
use crate::report::coverage_json::View;
use crate::say;

/// A percentage as it was typed: so many parts of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Least {
    text: String,
    parts: u128,
    whole: u128,
}

/// Digits after the point; more are a slip.
const DECIMALS: usize = 9;

impl Least {
    /// Reads `97`, `97.5` or `97.5%`, from 0 to 100.
    pub(super) fn read(typed: &str) -> Result<Least, Error> {
        let folded = fold(typed);
        let text = folded.strip_suffix('%').unwrap_or(&folded);
        let refused = || {
            Error::usage(say!(
                "--min {typed} は割合として読めません。",
                "--min {typed} is not a percentage that can be read."
            ))
            .hint(say!(
                "0 から 100 までの数で示してください。例: kpolicy coverage --min 97.5",
                "Give a number from 0 to 100, such as: kpolicy coverage --min 97.5"
            ))
        };
        let (units, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let shaped = !units.is_empty() && units.len() <= 3 && digits(units) && digits(decimals);
        if !shaped || decimals.len() > DECIMALS || text.ends_with('.') {
            return Err(refused());
        }
        let parts: u128 = format!("{units}{decimals}").parse().map_err(|_| refused())?;
        let whole = u32::try_from(decimals.len()).map_or(0, |digits| 100 * 10_u128.pow(digits));
        if parts > whole {
            return Err(refused());
        }
        Ok(Least { text: text.to_owned(), parts, whole })
    }

    /// How many of `required` must be answered.
    fn wanted(&self, required: usize) -> usize {
        let wanted = (self.parts * required as u128).div_ceil(self.whole);
        usize::try_from(wanted).unwrap_or(usize::MAX)
    }

    /// Nothing when enough is answered; else how much is lacking, and every cell that lacks it.
    pub(super) fn lacking(&self, view: &View<'_>, lang: Lang) -> Option<String> {
        let summary = view.summary();
        let lacking = self.wanted(summary.required).saturating_sub(summary.answered);
        if lacking == 0 {
            return None;
        }
        let (answered, required, percent, asked) = (summary.answered, summary.required, summary.percent(), &self.text);
        let mut text = lang.pick(
            format!("記載は {required} のうち {answered}（{percent}％）で、求められた {asked}％ に {lacking}件足りません。\n"),
            format!("{answered} of {required} are answered ({percent}%): {lacking} short of the {asked}% asked for.\n"),
        );
        for item in &view.items {
            for leaf in view.year.items[*item].leaves.clone() {
                for department in &view.departments {
                    let cell = &view.coverage.leaves[leaf].cells[*department];
                    if cell.must && is_open(cell.state) {
                        let (state, id) = (cell.state.name().get(lang), view.year.leaves[leaf].id);
                        let name = view.year.departments[*department].name();
                        let place = path_and_line(view, *department, leaf);
                        text.push_str(format!("  {state} {id} {name} {place}").trim_end());
                        text.push('\n');
                    }
                }
            }
        }
        Some(text)
    }
}

fn is_open(state: CellState) -> bool {
    matches!(state, CellState::Missing | CellState::Partial | CellState::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_met(typed: &str, answered: usize, required: usize) -> bool {
        Least::read(typed).is_ok_and(|least| least.wanted(required) <= answered)
    }

    #[test]
    fn the_gate_is_exact() {
        // 97.1 % as printed is 97.14… %; 2499 of 2500 is 99.96 %.
        for (typed, answered, required, met) in [
            ("97.1", 204, 210, true),
            ("97.142857", 204, 210, true),
            ("97.142858", 204, 210, false),
            ("97.15", 204, 210, false),
            ("100", 2499, 2500, false),
            ("99.96", 2499, 2500, true),
            ("99.961", 2499, 2500, false),
            ("100", 2500, 2500, true),
            ("100.0％", 0, 0, true),
            ("0", 0, 9, true),
            ("９０％", 9, 10, true),
        ] {
            assert_eq!(is_met(typed, answered, required), met, "{typed} {answered}/{required}");
        }
    }

    #[test]
    fn what_is_no_percentage_is_refused() {
        for typed in ["", "%", "-1", "100.1", "101", "1e2", "abc", "9.", ".5", "1,5", "0.1234567890", "+5", "1 0 0 1"] {
            assert!(Least::read(typed).is_err(), "{typed}");
        }
    }
}
