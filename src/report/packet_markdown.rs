//! The papers as Markdown (GitHub's and GitLab's): tables and headings, no HTML but line breaks.

use crate::lang::{Lang, bi};
use crate::packet::Packet;
use crate::report::escape::markdown as text;
use crate::report::pages::{self, Asked, Block, Cell, Document, Table};

/// Writes the papers of one department.
pub fn write(packet: &Packet, lang: Lang) -> String {
    document(&pages::packet(packet, lang))
}

/// Writes a paper.
pub fn document(document: &Document) -> String {
    let mut out = Writer { out: String::new() };
    let running = &document.running;
    for block in &document.front {
        out.block(block);
        if matches!(block, Block::Heading { level: 1, .. }) {
            out.para(&format!("**{}** ｜ {}", text(&running.right), text(&running.foot)));
        }
    }
    out.para("---");
    for block in &document.body {
        out.block(block);
    }
    out.para("---");
    let end = bi("以上", "End").get(document.lang);
    let parts = [&running.left, &running.right, &running.foot].map(|part| text(part)).join(" ｜ ");
    out.para(&format!("{parts} ｜ {end}"));
    out.out
}

struct Writer {
    out: String,
}

impl Writer {
    fn para(&mut self, line: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text: words, badge, .. } => {
                let marks = "#".repeat(usize::from(*level).clamp(1, 6));
                let badge = badge.as_ref().map(|badge| format!("　［{}］", inline(&badge.text))).unwrap_or_default();
                self.para(&format!("{marks} {}{badge}", inline(words)));
            }
            Block::Para(words) => self.para(&lines(words, "")),
            Block::Pointer(words, _) => self.para(&lines(words, "")),
            Block::Note(words) => self.para(&lines(words, "")),
            Block::Warning(words) => self.para(&format!("**{}**", inline(words))),
            Block::Lead(name, words) => self.para(&format!("**{}**　{}", inline(name), inline(words))),
            Block::Quote(words) => self.para(&lines(words, "> ")),
            Block::Fields(fields) => self.fields(fields),
            Block::Counts(counts) => {
                let all: Vec<String> =
                    counts.iter().map(|(name, count, _)| format!("{} **{count}**", inline(name))).collect();
                self.para(&all.join("　"));
            }
            Block::List(list) => {
                let items: Vec<String> = list.iter().map(|item| format!("- {}", inline(item))).collect();
                self.para(&items.join("\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Questions { heading, list, .. } => self.questions(heading, list),
            Block::Notes(heading) => {
                self.para(&format!("## {}", inline(heading)));
                self.para("（　　　　　　　　　　　　　　　　　　　　）");
            }
            Block::Sign(names) => {
                let names: Vec<String> = names.iter().map(|name| format!("{}：　　　　　　　", inline(name))).collect();
                self.para(&names.join("　"));
            }
            Block::Keep(blocks) => blocks.iter().for_each(|block| self.block(block)),
        }
    }

    fn questions(&mut self, heading: &str, list: &[Asked]) {
        self.para(&format!("## {}", inline(heading)));
        let mut rows = Vec::new();
        for (index, asked) in list.iter().enumerate() {
            let mut row = format!("{}. {}  \n   **{}**", index + 1, inline(&asked.reason), inline(&asked.ask));
            if !asked.about.is_empty() {
                row.push_str(&format!("  \n   {}", inline(&asked.about)));
            }
            rows.push(row);
        }
        self.para(&rows.join("\n"));
    }

    fn fields(&mut self, fields: &[(String, String)]) {
        let rows: Vec<String> =
            fields.iter().map(|(name, value)| format!("- **{}**　{}", cell(name), cell(value))).collect();
        self.para(&rows.join("\n"));
    }

    fn table(&mut self, table: &Table) {
        let mut rows = Vec::new();
        rows.extend(table.caption.iter().map(|caption| format!("{}\n", inline(caption))));
        let head: Vec<String> = table.head.iter().map(|(name, _)| inline(name)).collect();
        rows.push(format!("| {} |", head.join(" | ")));
        rows.push(format!("|{}", " --- |".repeat(head.len())));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|Cell { text, .. }| cell(text)).collect();
            rows.push(format!("| {} |", cells.join(" | ")));
        }
        self.para(&rows.join("\n"));
    }
}

/// Inert, on one line.
fn inline(words: &str) -> String {
    text(words)
}

/// Inert, its lines broken inside a cell.
fn cell(words: &str) -> String {
    words.lines().map(text).collect::<Vec<_>>().join("<br>")
}

/// Inert, its lines kept, each with a mark before it.
fn lines(words: &str, mark: &str) -> String {
    words.lines().map(|line| format!("{mark}{}", text(line.trim_start()))).collect::<Vec<_>>().join("  \n")
}
