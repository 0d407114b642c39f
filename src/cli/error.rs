//! What clap refuses, told in our words: what, and what to type instead.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::lang::Lang;

/// The text of a usage error.
pub fn text(error: &clap::Error, lang: Lang) -> String {
    let get = |kind: ContextKind| error.get(kind).map(value).unwrap_or_default();
    let (arg, given) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let sub = get(ContextKind::InvalidSubcommand);
    let first = match error.kind() {
        ErrorKind::UnknownArgument => {
            lang.pick(format!("「{arg}」というオプションはありません。"), format!("there is no option {arg}"))
        }
        ErrorKind::InvalidSubcommand => {
            lang.pick(format!("「{sub}」という命令はありません。"), format!("there is no command {sub}"))
        }
        ErrorKind::InvalidValue if given.is_empty() => {
            lang.pick(format!("{arg} には値が要ります。"), format!("{arg} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            lang.pick(format!("{arg} に「{given}」は使えません。"), format!("{given} does not fit {arg}"))
        }
        ErrorKind::MissingRequiredArgument => {
            lang.pick(format!("足りないものがあります: {arg}"), format!("something is missing: {arg}"))
        }
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg);
            lang.pick(format!("{arg} と {other} は一緒に使えません。"), format!("{arg} cannot be used with {other}"))
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            lang.pick(format!("{arg} の値の数が合いません。"), format!("{arg} has the wrong number of values"))
        }
        ErrorKind::NoEquals => lang.pick(format!("{arg} は = を付けて書いてください。"), format!("write {arg} with =")),
        ErrorKind::InvalidUtf8 => {
            lang.pick("文字として読めない引数があります。".to_owned(), "an argument is not valid text".to_owned())
        }
        _ => lang.pick("使い方が違います。".to_owned(), "this is not how it is used".to_owned()),
    };
    let mut lines = vec![first];
    let allowed = get(ContextKind::ValidValue);
    if !allowed.is_empty() {
        lines.push(lang.pick(format!("  使えるもの: {allowed}"), format!("  allowed: {allowed}")));
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().map(get).find(|near| !near.is_empty()) {
        lines.push(lang.pick(format!("  もしかして: {near}"), format!("  did you mean: {near}")));
    }
    lines.push(
        lang.pick(
            "使い方は kpolicy --help で見られます。".to_owned(),
            "kpolicy --help shows how it is used.".to_owned(),
        ),
    );
    lines.join("\n") + "\n"
}

fn value(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(_) | ContextValue::None => String::new(),
        _ => String::new(),
    }
}
