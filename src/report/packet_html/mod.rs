//! The papers as one HTML file, made for A4: no script, no network, nothing but its own style.

mod policy;
mod style;

use crate::lang::Lang;
use crate::packet::Packet;
use crate::report::escape::html as text;
use crate::report::pages::{self, Asked, Block, Cell, Document, Table, Tone};

/// Writes the papers of one department.
pub fn write(packet: &Packet, lang: Lang) -> String {
    document(&pages::packet(packet, lang))
}

/// Writes a paper.
pub fn document(document: &Document) -> String {
    let style = style::sheet(&document.running, document.lang);
    let policy = policy::content_security(&style);
    let lang = document.lang.pick("ja", "en");
    let title = text(&document.title);
    let mut out = Writer { out: String::new(), lang: document.lang };
    out.push(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n"));
    out.push(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"));
    out.push("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push("<meta name=\"robots\" content=\"noindex\">\n");
    out.push(&format!("<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"));
    let running = &document.running;
    let (right, foot) = (text(&running.right), text(&running.foot));
    out.push(&format!("<p class=\"screen\">{right} ｜ {foot}</p>\n<main>\n"));
    let dense = if weight(&document.front) > ROOMY { " dense" } else { "" };
    out.push(&format!("<section class=\"front{dense}\">\n"));
    document.front.iter().for_each(|block| out.block(block));
    out.push("</section>\n<section class=\"body\">\n");
    document.body.iter().for_each(|block| out.block(block));
    out.push(&format!("</section>\n</main>\n<p class=\"screen\">{} ｜ {right} ｜ {foot}</p>\n", text(&running.left)));
    out.push("</body>\n</html>\n");
    out.out
}

/// Characters that fit on page one as it is usually set; more are set smaller.
const ROOMY: usize = 1500;

/// How many characters a page holds, each entry of a list as at least a line.
fn weight(blocks: &[Block]) -> usize {
    let one = |text: &String| text.chars().count().max(45);
    let weigh = |block: &Block| match block {
        Block::Questions { list, .. } => {
            let asked = |it: &Asked| {
                [&it.reason, &it.ask, &it.about].map(|text| text.chars().count().max(30)).iter().sum::<usize>() * 4 / 3
            };
            list.iter().map(asked).sum()
        }
        Block::List(list) => list.iter().map(one).sum(),
        Block::Keep(inner) => weight(inner),
        Block::Fields(fields) => fields.iter().map(|(_, value)| one(value)).sum(),
        Block::Lead(_, text) | Block::Warning(text) => one(text),
        _ => 0,
    };
    blocks.iter().map(weigh).sum()
}

struct Writer {
    out: String,
    lang: Lang,
}

impl Writer {
    fn push(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text, anchor, badge } => {
                self.heading(*level, text, anchor.as_deref(), badge.as_ref());
            }
            Block::Para(words) => self.push(&format!("<p>{}</p>\n", lines(words))),
            Block::Note(words) => self.push(&format!("<p class=\"note\">{}</p>\n", lines(words))),
            Block::Warning(words) => self.push(&format!("<p class=\"warning\">{}</p>\n", lines(words))),
            Block::Lead(name, words) => {
                self.push(&format!("<p class=\"lead\"><b>{}</b>{}</p>\n", text(name), lines(words)));
            }
            Block::Quote(words) => self.push(&format!("<blockquote>{}</blockquote>\n", lines(words))),
            Block::Fields(fields) => self.fields(fields),
            Block::Counts(counts) => self.counts(counts),
            Block::List(list) => {
                self.push("<ul>\n");
                list.iter().for_each(|item| self.push(&format!("<li>{}</li>\n", lines(item))));
                self.push("</ul>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Questions { heading, list, notes } => self.questions(heading, list, *notes),
            Block::Notes(heading) => {
                self.push(&format!("<div class=\"notes\">\n<h2>{}</h2>\n</div>\n", text(heading)));
            }
            Block::Sign(names) => {
                self.push("<p class=\"sign\">");
                names.iter().for_each(|name| self.push(&format!("<span>{}</span>", text(name))));
                self.push("</p>\n");
            }
            Block::Pointer(words, anchor) => {
                self.push(&format!("<p class=\"pointer\"><a href=\"#{}\">{}</a></p>\n", text(anchor), text(words)));
            }
            Block::Keep(blocks) => {
                self.push("<div class=\"keep\">\n");
                blocks.iter().for_each(|block| self.block(block));
                self.push("</div>\n");
            }
        }
    }

    fn heading(&mut self, level: u8, words: &str, anchor: Option<&str>, badge: Option<&Cell>) {
        let level = level.clamp(1, 6);
        let id = anchor.map(|anchor| format!(" id=\"{}\"", text(anchor))).unwrap_or_default();
        let badge =
            badge.map(|badge| format!(" <span class=\"badge{}\">{}</span>", tone(badge.tone), text(&badge.text)));
        self.push(&format!("<h{level}{id}>{}{}</h{level}>\n", text(words), badge.unwrap_or_default()));
    }

    fn fields(&mut self, fields: &[(String, String)]) {
        self.push("<table class=\"fields\"><tbody>\n");
        for (name, value) in fields {
            self.push(&format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", lines(name), lines(value)));
        }
        self.push("</tbody></table>\n");
    }

    fn counts(&mut self, counts: &[(String, usize, Tone)]) {
        self.push("<ul class=\"counts\">\n");
        for (name, count, loud) in counts {
            self.push(&format!("<li class=\"count{}\">{} <b>{count}</b></li>\n", tone(*loud), text(name)));
        }
        self.push("</ul>\n");
    }

    fn questions(&mut self, heading: &str, list: &[Asked], notes: bool) {
        self.push(&format!("<h2>{}</h2>\n<ol class=\"questions\">\n", text(heading)));
        let memo = self.lang.pick("メモ", "Notes");
        for asked in list {
            let about = if asked.about.is_empty() {
                String::new()
            } else {
                format!("<span class=\"about\">{}</span>", text(&asked.about))
            };
            let (reason, ask) = (lines(&asked.reason), lines(&asked.ask));
            self.push(&format!("<li><div class=\"asked\"><p>{reason}<b>{ask}</b>{about}</p></div>"));
            if notes {
                self.push(&format!("<div class=\"box\"><span>{memo}</span></div>"));
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n");
    }

    fn table(&mut self, table: &Table) {
        self.push("<table>\n");
        if let Some(caption) = &table.caption {
            self.push(&format!("<caption>{}</caption>\n", text(caption)));
        }
        self.push("<colgroup>");
        table.head.iter().for_each(|(_, width)| self.push(&format!("<col class=\"w{width}\">")));
        self.push("</colgroup>\n<thead><tr>");
        table.head.iter().for_each(|(name, _)| self.push(&format!("<th scope=\"col\">{}</th>", text(name))));
        self.push("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.push("<tr>");
            for (index, cell) in row.iter().enumerate() {
                let class = tone(cell.tone);
                let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", class.trim()) };
                let words = lines(&cell.text);
                if index == 0 {
                    self.push(&format!("<th scope=\"row\"{class}>{words}</th>"));
                } else {
                    self.push(&format!("<td{class}>{words}</td>"));
                }
            }
            self.push("</tr>\n");
        }
        self.push("</tbody></table>\n");
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Gap => " gap",
        Tone::Half => " half",
        Tone::Quiet => " quiet",
    }
}

/// Inert, its lines broken.
fn lines(words: &str) -> String {
    words.lines().map(text).collect::<Vec<_>>().join("<br>")
}
