//! Which rules are reported: `--select` and `--ignore`.

use crate::error::Error;
use crate::rules::{self, Rule};
use crate::say;

/// Rules by code, family or name.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "CI・管理者向け|For CI and administrators")]
pub struct Filter {
    /// この点検だけを行います（番号、K2 のような組、名前）|Report only these rules (code, family such as K2, or name)
    #[arg(long, value_name = "番号|CODE", value_delimiter = ',', hide_short_help = true)]
    pub select: Vec<String>,
    /// この点検を行いません|Leave these rules out
    #[arg(long, value_name = "番号|CODE", value_delimiter = ',', hide_short_help = true)]
    pub ignore: Vec<String>,
}

impl Filter {
    /// Refuses a word that names no rule: a typing error must not silence everything.
    pub(super) fn check(&self) -> Result<(), Error> {
        for word in self.select.iter().chain(&self.ignore) {
            let mut all = rules::RULES.iter().map(|rule| (rule.code, rule.name)).chain(rules::LATER.iter().copied());
            if !all.any(|(code, name)| names(word, code, name)) {
                return Err(Error::usage(say!(
                    "「{word}」という点検の決まりはありません。",
                    "there is no rule {word}."
                ))
                .hint(say!(
                    "例: K301、K3（組）、unanswered-item。一覧は kpolicy explain で見られます。",
                    "For example: K301, K3 (a family), unanswered-item. kpolicy explain lists them."
                )));
            }
        }
        Ok(())
    }

    /// True for rules to report.
    pub(super) fn takes(&self, rule: &Rule) -> bool {
        let any = |words: &[String]| words.iter().any(|word| names(word, rule.code, rule.name));
        (self.select.is_empty() || any(&self.select)) && !any(&self.ignore)
    }
}

fn names(word: &str, code: &str, name: &str) -> bool {
    let typed = word.to_ascii_uppercase();
    name == word || (typed.starts_with('K') && typed.len() >= 2 && code.starts_with(&typed))
}
