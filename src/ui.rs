//! The only door to the terminal. Results go to stdout, all else to stderr; everything is made
//! harmless on the way: no control or bidi character of a plan or file name reaches a terminal.

use std::io::Write;

use crate::error::Error;
use crate::lang::Lang;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// Where the output is a terminal and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What a piece of output means; the colour follows from it, and only repeats what the word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// 要修正
    Error,
    /// 要確認
    Warning,
    /// 参考
    Info,
    /// Frames and places.
    Quiet,
    /// All is well.
    Good,
}

/// Where a run writes, and how.
pub struct Ui<'w> {
    /// Results.
    pub out: &'w mut dyn Write,
    /// Everything else.
    pub err: &'w mut dyn Write,
    /// Language.
    pub lang: Lang,
    /// True when colours are wanted on `out`.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// True when only findings and errors are wanted.
    pub quiet: bool,
    /// True when remarks (要確認, 参考) are wanted in full, too.
    pub verbose: bool,
}

/// Prints a result whole. A reader that has gone (`| head`) changes nothing and needs no words.
pub fn print(out: &mut dyn Write, text: &str) -> Result<(), Error> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

impl Ui<'_> {
    /// Prints a result.
    pub fn print(&mut self, text: &str) -> Result<(), Error> {
        print(self.out, text)
    }

    /// Prints a screen for people: no word of a plan or file name acts on a terminal or a runner.
    pub fn screen(&mut self, text: &str) -> Result<(), Error> {
        self.print(&without_commands(&harmless(text)))
    }

    /// Prints a remark on stderr; a closed stderr is nobody's fault.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            _ = writeln!(self.err, "{}", without_commands(&harmless(text)));
        }
    }

    /// The text in the colour of its meaning.
    pub fn tone(&self, tone: Tone, text: &str) -> String {
        paint(self.color, tone, text)
    }
}

/// Colours a text, if colours are wanted.
pub fn paint(color: bool, tone: Tone, text: &str) -> String {
    if !color || text.is_empty() {
        return text.to_owned();
    }
    let code = match tone {
        Tone::Error => "1;31",
        Tone::Warning => "1;33",
        Tone::Info => "1;36",
        Tone::Quiet => "2",
        Tone::Good => "1;32",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// The text with every control, bidi and line-separator character shown as `<U+001B>`. Line ends
/// stay; tabs become a space.
pub fn harmless(text: &str) -> String {
    if !text.chars().any(is_hidden) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => safe.push(' '),
            '\u{200d}' => safe.push(c),
            c if is_hidden(c) => safe.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

/// True for controls, for what turns the direction of text, and for what shows nothing; not for
/// line ends.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with a space inside whatever a CI runner would take for a command: `::error …` at the
/// beginning of a line, `##[…]` and `##vso[…]` anywhere. What a plan says must not act in a log.
pub fn without_commands(text: &str) -> String {
    if !text.contains("::") && !text.contains("##") {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let begin = line.trim_start();
        let mut rest = line;
        // Three colons are no command; the frame of a finding has them.
        if begin.starts_with("::") && !begin.starts_with(":::") {
            safe.push_str(&line[..line.len() - begin.len()]);
            safe.push_str(": ");
            rest = &begin[1..];
        }
        while let Some(at) = rest.find("##") {
            safe.push_str(&rest[..at + 1]);
            rest = &rest[at + 1..];
            if rest[1..].starts_with(['[', 'v', 'V']) {
                safe.push(' ');
            }
        }
        safe.push_str(rest);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_command_of_a_runner() {
        let cases = [
            ("::error::x", ": :error::x"),
            ("a\n \u{3000}::stop-commands::x\n", "a\n \u{3000}: :stop-commands::x\n"),
            ("a ::error::x", "a ::error::x"),
            ("  ::: policy.yaml", "  ::: policy.yaml"),
            ("a ##[error]x", "a # #[error]x"),
            ("###vso[x]##[y]", "## #vso[x]# #[y]"),
            ("## heading ##", "## heading ##"),
        ];
        for (text, safe) in cases {
            assert_eq!(without_commands(text), safe);
        }
    }
}
