//! The first sheet: whose plan it is, how to fill it in, and what is still to be written.

use rust_xlsxwriter::{Color, Format, Url, Worksheet, XlsxError};

use super::style::{base, head, height, held, quiet, title, told};
use super::{PAPER, Spot, Todo, Writer};
use crate::place::Span;
use crate::sheet::letters;

const WIDTHS: [f64; 3] = [24.0, 54.0, 22.0];

impl Writer<'_> {
    pub(super) fn front(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lang = self.lang;
        sheet.set_name(lang.pick("はじめに", "start"))?.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
        sheet.set_active(true).set_tab_color(Color::RGB(0x1F_4E_79)).protect();
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        sheet.write_string_with_format(0, 0, self.heading(self.department()), &title())?;
        sheet.set_row_height(0, 28)?;
        let day = self.source.year.day;
        let made = lang.pick(
            format!("{} 時点の計画を書き出したものです。正本は YAML のファイルです。", day.long_ja()),
            format!("Made of the plan as of {day}. The YAML file counts."),
        );
        sheet.write_string_with_format(1, 0, made, &quiet())?;
        let mut row = 3;
        for line in self.steps() {
            let wide = WIDTHS.iter().sum();
            sheet.merge_range(row, 0, row, 2, &held(&line), &base().set_text_wrap())?;
            sheet.set_row_height(row, height(std::iter::once((line.as_str(), wide)), 1))?;
            row += 1;
        }
        row = self.todo(sheet, row + 1, true)?;
        self.todo(sheet, row + 1, false)?;
        Ok(())
    }

    fn steps(&self) -> Vec<String> {
        let name = self.department();
        self.lang.pick(
            vec![
                "書き方".to_owned(),
                "　１　うすい黄色のセルに書きます。ほかのセルは、形が崩れないように保護しています（パスワードはありません）。".to_owned(),
                "　２　項目・部・課・目標は一覧から選べます。「1-6」のように番号だけでも読み取れます。".to_owned(),
                "　３　セルの中で行を変えるときは Alt + Enter です。項目の本文は、赤い三角のあるセルと「基本方針」シートで読めます。".to_owned(),
                "　４　保存して、kpolicy import plan ファイル名.xlsx で取り込みます。空欄だった所に書いたものは、そのまま入ります。".to_owned(),
                "　　　書き換えた所や消した所は、取り込む前に一覧で示します（--diff で変更の前後を見られます）。".to_owned(),
                format!("　５　取り込んだ後、kpolicy check {name} で点検します。"),
            ],
            vec![
                "How to fill this in".to_owned(),
                "  1  Write in the pale yellow cells. The others are protected, without a password.".to_owned(),
                "  2  Items, departments, divisions and goals can be chosen; an id alone (1-6) is understood too.".to_owned(),
                "  3  Alt + Enter begins a new line within a cell. Cells with a red corner show the memo's words.".to_owned(),
                "  4  Save it and run kpolicy import plan FILE.xlsx: what was blank is filled in.".to_owned(),
                "     What you changed or cleared is listed first (--diff shows it).".to_owned(),
                format!("  5  Then run kpolicy check {name}"),
            ],
        )
    }

    /// A list of what is to be written, or to be mended; returns the row after it.
    fn todo(&self, sheet: &mut Worksheet, mut row: u32, unfinished: bool) -> Result<u32, XlsxError> {
        let lang = self.lang;
        let todo: Vec<&Todo> = self.source.todo.iter().filter(|todo| todo.unfinished == unfinished).collect();
        let count = todo.len();
        let words = match (unfinished, count) {
            (true, 0) => lang
                .pick("提出までに書くこと　ありません".to_owned(), "To write before it is submitted: none".to_owned()),
            (true, _) => lang
                .pick(format!("提出までに書くこと　{count}か所"), format!("To write before it is submitted: {count}")),
            (false, 0) => return Ok(row),
            (false, _) => lang.pick(format!("点検で見付かったこと　{count}件"), format!("What check found: {count}")),
        };
        sheet.write_string_with_format(row, 0, words, &base().set_bold().set_font_size(12))?;
        row += 1;
        if count == 0 {
            return Ok(row);
        }
        let heads = lang.pick(["項目・欄", "書くこと", "書く所"], ["about", "what to write", "where"]);
        for (column, words) in (0..).zip(heads) {
            sheet.write_string_with_format(row, column, words, &head())?;
        }
        row += 1;
        for todo in todo {
            sheet.write_string_with_format(row, 0, held(todo.heading.trim()), &told())?;
            sheet.write_string_with_format(row, 1, held(&todo.detail), &told())?;
            let texts = [(todo.heading.trim(), WIDTHS[0]), (todo.detail.as_str(), WIDTHS[1])];
            sheet.set_row_height(row, height(texts.into_iter(), 1))?;
            match self.spot(todo.span) {
                Some(spot) => self.link(sheet, row, spot)?,
                None => sheet.write_blank(row, 2, &told()).map(|_| ())?,
            }
            row += 1;
        }
        Ok(row)
    }

    fn link(&self, sheet: &mut Worksheet, row: u32, spot: &Spot) -> Result<(), XlsxError> {
        let cell = format!("{}{}", letters(usize::from(spot.column)), spot.row + 1);
        let words = self.lang.pick(format!("「{}」{cell}", spot.sheet), format!("{} {cell}", spot.sheet));
        let url = Url::new(format!("internal:'{}'!{cell}", spot.sheet)).set_text(held(&words));
        let format = linked();
        sheet.write_url_with_format(row, 2, url, &format).map(|_| ())
    }

    /// The smallest value that holds a place.
    fn spot(&self, span: Span) -> Option<&Spot> {
        let holding = self.places.iter().filter(|(place, _)| place.holds(span));
        holding.min_by_key(|(place, _)| place.end - place.start).map(|(_, spot)| spot)
    }
}

fn linked() -> Format {
    told().set_font_color(Color::RGB(0x05_63_C1)).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}
