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

    /// Prints a remark on stderr; a closed stderr is nobody's fault.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            _ = writeln!(self.err, "{}", harmless(text));
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
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    if !text.chars().any(hidden) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => safe.push(' '),
            '\u{200d}' => safe.push(c),
            c if hidden(c) => safe.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}
