//! The end of the papers: what is missing, where they come from, the memo's wording.

use super::{Block, Cell, Page};
use crate::lang::{Bi, bi};
use crate::packet::{Gap, Provenance, words};

impl Page<'_> {
    pub(super) fn close(&self, body: &mut Vec<Block>) {
        self.gaps(body);
        self.origin(body);
        self.appendix(body);
    }

    fn gaps(&self, body: &mut Vec<Block>) {
        let row = |gap: &Gap| {
            let asked = gap.quote.clone().unwrap_or_default();
            let place = gap.place.as_ref().map(|it| format!("{}:{}", it.path, it.line)).unwrap_or_default();
            vec![
                format!("{} {}", gap.item.printed, gap.short).into(),
                self.state(gap.state.0),
                [gap.lack.clone(), asked]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n")
                    .into(),
                place.into(),
            ]
        };
        let head = [
            (bi("項目", "Item"), 26),
            (bi("記載状況", "State"), 14),
            (bi("足りないこと", "What is lacking"), 36),
            (bi("書く場所", "Where to write"), 24),
        ];
        let rows: Vec<Vec<Cell>> = self.packet.gaps.iter().map(row).collect();
        let title = bi("記載の足りない項目", "Gaps");
        if rows.is_empty() {
            let none = bi("求められた項目は全て記載されています。", "All required items are answered.");
            body.push(Block::Keep(vec![self.heading(2, self.t(title), "gaps"), Block::Para(self.t(none))]));
        } else {
            self.listed(body, title, "gaps", &head, rows);
        }
        if !self.packet.findings.is_empty() {
            let text = self.t(bi("点検の指摘", "Findings"));
            body.push(Block::Heading { level: 3, text, anchor: None, badge: None });
            body.push(Block::List(self.packet.findings.clone()));
        }
    }

    fn origin(&self, body: &mut Vec<Block>) {
        let mut fields = vec![(self.t(bi("版", "Version")), self.version(&self.packet.provenance))];
        if let Provenance::Commit { changed, .. } = &self.packet.provenance
            && !changed.is_empty()
        {
            fields.push((self.t(bi("未コミットの変更", "Uncommitted changes")), changed.join("\n")));
        }
        let plan = self.packet.plan.path.clone();
        fields.push((
            self.t(bi("計画のファイル", "The plan's file")),
            plan.unwrap_or_else(|| self.t(bi("ありません", "none"))),
        ));
        if let Some(title) = &self.packet.policy_title {
            fields.push((self.t(bi("基本方針", "Basic policy")), title.clone()));
        }
        fields.push((
            self.t(bi("点検の日", "Judged on")),
            self.lang.pick(self.packet.day.0.long_ja(), self.packet.day.0.to_string()),
        ));
        fields.push((
            self.t(bi("作成", "Made by")),
            format!("kpolicy {}（{}）", env!("CARGO_PKG_VERSION"), self.audience()),
        ));
        let meaning = bi(
            "「記載あり」は計画に書かれていることを示し、実施したことを示すものではありません。",
            "Answered means that the plan says it, not that it has been done.",
        );
        body.push(Block::Keep(vec![
            self.heading(2, self.t(bi("この資料について", "About these papers")), "about"),
            Block::Fields(fields),
            Block::Note(self.t(meaning)),
        ]));
    }

    fn appendix(&self, body: &mut Vec<Block>) {
        if self.packet.appendix.is_empty() {
            return;
        }
        let title = if self.packet.full {
            bi("付録 基本方針の全ての項目", "Appendix: all items of the memo")
        } else {
            bi("付録 お尋ねする項目の文言", "Appendix: the items asked about")
        };
        body.push(self.heading(2, self.t(title), "appendix"));
        for item in &self.packet.appendix {
            let mut blocks = vec![Block::Heading {
                level: 3,
                text: format!("{} {}", item.item.printed, item.short),
                anchor: None,
                badge: None,
            }];
            blocks.push(Block::Quote(item.sentences.join("\n")));
            let mut fields =
                vec![(self.t(bi("求める先", "Asked of")), words::scope(item.scope).get(self.lang).to_owned())];
            let mut add = |name: Bi, list: Vec<String>| {
                if !list.is_empty() {
                    fields.push((self.t(name), list.join("\n")));
                }
            };
            add(bi("主担当", "Lead"), item.leads.clone());
            add(bi("関わる計画", "Plans named"), item.references.clone());
            let ruby = item.ruby.iter().map(|(base, reading)| format!("{base}（{reading}）")).collect();
            add(bi("読み", "Reading"), ruby);
            let clauses = item.clauses.iter().map(|(letter, quote)| format!("{letter} {quote}")).collect();
            add(bi("部分", "Clauses"), clauses);
            add(bi("改正前の文言", "Wording before"), item.was.iter().cloned().collect());
            blocks.push(Block::Fields(fields));
            body.push(Block::Keep(blocks));
        }
    }
}
