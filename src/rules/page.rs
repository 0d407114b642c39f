//! A rule's page: one Markdown file with fixed headings in both languages and two examples that
//! the tests run.
//!
//! ```text
//! # K201 unknown-citation
//! ## 日本語
//! ### 何を見るか / ### なぜ / ### 直し方
//! ## English
//! ### What it looks at / ### Why / ### How to mend it
//! ## bad
//! ```yaml file=departments/2025/somu.yaml
//! ## good
//! ```yaml file=departments/2025/somu.yaml
//! ```
//!
//! A rule on a change has besides `## before`: the files of the city as it was.
//!
//! An example is laid over the tests' small city; each fenced block is one file. After the path may
//! stand `escaped` (`\u{200b}`, `\t`, `\xNN` in the block become what they name), `link` (the
//! path is a symbolic link) or `gone` (the small city's file is not there).

use crate::lang::Lang;

/// A parsed page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Japanese part.
    pub ja: String,
    /// English part.
    pub en: String,
    /// For a rule on a change: the city before it.
    pub before: Vec<Example>,
    /// Must give just this finding.
    pub bad: Vec<Example>,
    /// Must give no finding of this rule.
    pub good: Vec<Example>,
    /// Near misses: must give no finding of this rule either.
    pub near: Vec<Example>,
}

/// One file of an example.
#[derive(Debug, Clone)]
pub struct Example {
    /// Path in the small city.
    pub path: String,
    /// Its content, as printed on the page.
    pub content: String,
    /// What stands after the path: `escaped`, `link`, `gone`, or nothing.
    pub manner: String,
}

impl Example {
    /// The bytes of the file, escapes resolved.
    pub fn bytes(&self) -> Vec<u8> {
        if self.manner != "escaped" {
            return self.content.clone().into_bytes();
        }
        let mut bytes = Vec::new();
        let mut rest = self.content.as_str();
        while let Some(at) = rest.find('\\') {
            bytes.extend(&rest.as_bytes()[..at]);
            rest = &rest[at + 1..];
            let (piece, length) = escape(rest);
            bytes.extend(piece);
            rest = &rest[length..];
        }
        bytes.extend(rest.as_bytes());
        bytes
    }
}

/// The bytes an escape stands for, and its length without the backslash.
fn escape(text: &str) -> (Vec<u8>, usize) {
    if text.starts_with('t') {
        return (vec![b'\t'], 1);
    }
    if text.starts_with('r') {
        return (vec![b'\r'], 1);
    }
    let hex = text.strip_prefix('x').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
    if let Some(byte) = hex {
        return (vec![byte], 3);
    }
    let inner = text.strip_prefix("u{").and_then(|rest| rest.split_once('}')).map(|(hex, _)| hex);
    let char = inner.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
    match (inner, char) {
        (Some(hex), Some(char)) => (char.to_string().into_bytes(), hex.len() + 3),
        _ => (vec![b'\\'], 0),
    }
}

impl Page {
    /// Parses a page.
    pub fn parse(text: &str) -> Page {
        let mut page = Page::default();
        let mut part = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(heading) = line.strip_prefix("## ") {
                part = heading.trim().to_owned();
                continue;
            }
            let examples = match part.as_str() {
                "日本語" => {
                    page.ja.push_str(line);
                    page.ja.push('\n');
                    continue;
                }
                "English" => {
                    page.en.push_str(line);
                    page.en.push('\n');
                    continue;
                }
                "before" => &mut page.before,
                "bad" => &mut page.bad,
                "good" => &mut page.good,
                "near" => &mut page.near,
                _ => continue,
            };
            if let Some(info) = line.strip_prefix("```yaml file=") {
                let content: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                let content = content.iter().map(|line| format!("{line}\n")).collect();
                let (path, manner) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
                examples.push(Example { path: path.to_owned(), content, manner: manner.to_owned() });
            }
        }
        page
    }

    /// The text for people, with the examples.
    pub fn text(&self, lang: Lang) -> String {
        let plain = |line: &str| line.strip_prefix("### ").map_or_else(|| line.to_owned(), |head| format!("[{head}]"));
        let part = lang.pick(&self.ja, &self.en).trim();
        let mut text = part.lines().map(plain).collect::<Vec<_>>().join("\n");
        for (heading, examples) in [
            (lang.pick("変わる前", "Before"), &self.before),
            (lang.pick("悪い例", "Bad"), &self.bad),
            (lang.pick("良い例", "Good"), &self.good),
        ] {
            for example in examples {
                text.push_str(&format!("\n\n{heading}（{}）\n\n", example.path));
                for line in example.content.lines() {
                    text.push_str(&format!("    {line}\n"));
                }
            }
        }
        text
    }
}
