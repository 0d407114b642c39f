//! One language of help: splits `日本語|English`, and puts every heading clap writes by itself
//! into that language.

use clap::{Arg, Command};

use crate::lang::Lang;

/// The command with help in one language.
pub fn localize(command: Command, lang: Lang) -> Command {
    within(command, "", lang)
}

/// The same for a command of the commands `outer`.
fn within(command: Command, outer: &str, lang: Lang) -> Command {
    let usage = lang.pick("使い方", "Usage");
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}");
    let about = command.get_about().map(|text| pick(&text.to_string(), lang));
    let long = command.get_long_about().map(|text| pick(&text.to_string(), lang));
    let after = command.get_after_help().map(|text| pick(&text.to_string(), lang));
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .subcommand_value_name(lang.pick("命令", "COMMAND"))
        .disable_help_subcommand(true)
        .mut_args(|arg| argument(arg, lang));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    let name = format!("{outer} {}", command.get_name()).trim_start().to_owned();
    let shown = usage_line(&command, &name, lang);
    command = command.override_usage(shown);
    for sub in subcommands {
        command = command.mut_subcommand(sub, |sub| within(sub, &name, lang));
    }
    command
}

fn usage_line(command: &Command, name: &str, lang: Lang) -> String {
    let options = lang.pick("[オプション]", "[OPTIONS]");
    let tail =
        if command.has_subcommands() { lang.pick("[命令]", "[COMMAND]").to_owned() } else { positionals(command) };
    format!("{name} {options} {tail}").trim_end().to_owned()
}

fn positionals(command: &Command) -> String {
    let name = |arg: &Arg| {
        let names: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
        let many = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { "..." } else { "" };
        let name = names.join(" ");
        if arg.is_required_set() { format!("<{name}>{many}") } else { format!("[{name}]{many}") }
    };
    command.get_positionals().map(name).collect::<Vec<_>>().join(" ")
}

fn argument(arg: Arg, lang: Lang) -> Arg {
    let heading = match (arg.get_help_heading(), arg.is_positional()) {
        (Some(heading), _) => pick(heading, lang),
        (None, true) => lang.pick("対象", "Arguments").to_owned(),
        (None, false) => lang.pick("オプション", "Options").to_owned(),
    };
    let help = arg.get_help().map(|text| pick(&text.to_string(), lang)).unwrap_or_default();
    let takes_value = arg.get_action().takes_values();
    let mut help = help;
    let mut arg = arg.help_heading(heading);
    if takes_value {
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        if !defaults.is_empty() {
            let defaults = defaults.join(",");
            help.push_str(&lang.pick(format!("［省略時 {defaults}］"), format!(" [default: {defaults}]")));
        }
        let possible: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !possible.is_empty() && !matches!(possible.as_slice(), [one, two] if one == "true" && two == "false") {
            let possible = possible.join(" ");
            help.push_str(&lang.pick(format!("［{possible}］"), format!(" [{possible}]")));
        }
        let names: Vec<String> =
            arg.get_value_names().unwrap_or_default().iter().map(|name| pick_name(name, lang)).collect();
        arg = arg.hide_default_value(true).hide_possible_values(true);
        if !names.is_empty() {
            arg = arg.value_names(names);
        }
    }
    // What `--help` alone says stands below what both say.
    let more = arg.get_long_help().map(|text| pick(&text.to_string(), lang)).unwrap_or_default();
    let long = format!("{help}\n{more}");
    arg.help(help).long_help(long.trim_end().to_owned())
}

/// The half of `日本語|English` that is wanted. A text without a bar is for both.
fn pick(text: &str, lang: Lang) -> String {
    match text.split_once('|') {
        Some((ja, en)) => lang.pick(ja, en).trim().to_owned(),
        None => text.to_owned(),
    }
}

/// Value names such as `部|DEPT`; a list of words such as `ja|en` is for both languages.
fn pick_name(text: &str, lang: Lang) -> String {
    let words = text.split('|').all(|word| word.is_ascii() && word.chars().all(|c| c.is_ascii_lowercase()));
    if words { text.to_owned() } else { pick(text, lang) }
}
