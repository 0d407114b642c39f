//! What a cell says, as the file would hold it.

use super::rows::Got;
use crate::date::Date;
use crate::lang::Say;
use crate::say;
use crate::shape::Kind;
use crate::sheet::read::Cell;
use crate::sheet::words::Words;
use crate::sheet::write::cell::Shown;
use crate::sheet::write::style::held;

/// True when a cell still shows what it was exported with.
pub(super) fn untouched(shown: &Shown, cell: Option<&Cell>) -> bool {
    match (shown, cell) {
        (Shown::Odd, _) => true,
        (Shown::Nothing, cell) => cell.is_none_or(is_empty),
        (Shown::Text(text), Some(Cell::Text(now))) => held(text).trim_end() == now.trim_end(),
        (Shown::Text(text), cell) => held(text).trim().is_empty() && cell.is_none_or(is_empty),
        (Shown::Number(number), Some(Cell::Number(now, _))) => number == now,
        (Shown::Day(day), Some(Cell::Day(now))) => day == now,
        _ => false,
    }
}

pub(super) fn is_empty(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.trim().is_empty())
}

/// The word for the file, none for a blank cell.
pub(super) fn read(words: &Words<'_>, kind: &Kind, got: &Got<'_>, owner: Option<&str>) -> Result<Option<String>, Say> {
    let Some(cell) = got.cell.filter(|cell| !is_empty(cell)) else { return Ok(None) };
    let text = match (kind, cell) {
        (_, Cell::Error(error)) => {
            return Err(say!(
                "値が求められていません（{error}）。値を書いてください",
                "the cell holds an error ({error}); type the value"
            ));
        }
        (_, Cell::Unworked) => {
            return Err(say!(
                "式だけで、値がありません。値を書くか、Excel で開いて保存し直してください",
                "there is a formula without a value; type the value, or open and save it in Excel"
            ));
        }
        (Kind::Date, Cell::Day(day)) => return Ok(Some(day.to_string())),
        (Kind::Date, Cell::Number(number, _)) => return serial(*number).map(Some),
        (_, Cell::Moment) => {
            return Err(say!(
                "日時になっています。2025/4/1 のように日付だけを書いてください",
                "this is a time; type the day only, such as 2025-04-01"
            ));
        }
        (Kind::Text | Kind::TextOrNumber, Cell::Day(day)) => day.to_string(),
        (_, Cell::Day(day)) => {
            let (month, number) = (day.month, day.day);
            return Err(say!(
                "日付（{day}）に変わっています。「{month}-{number}」と書いたつもりなら、一覧から選ぶか、先頭に ' を付けて書いてください",
                "this became a date ({day}); if {month}-{number} was meant, choose it from the list or type ' before it"
            ));
        }
        (Kind::Number | Kind::Count, Cell::Number(_, true)) => {
            return Err(say!(
                "％の付いた数です。70 のように数だけを書き、単位の欄に ％ と書いてください",
                "this is a per cent; type the number only, such as 70, and % as the unit"
            ));
        }
        (_, Cell::Number(number, true)) => format!("{}%", digits(number * 100.0)),
        (_, Cell::Number(number, false)) => digits(*number),
        (_, Cell::Bool(value)) => if *value { "true" } else { "false" }.to_owned(),
        (Kind::Text | Kind::TextOrNumber, Cell::Text(text)) => text.trim_end_matches('\n').to_owned(),
        (_, Cell::Text(text)) => text.clone(),
    };
    words.read(kind, &text, owner).map(Some)
}

/// A number with as many digits as a sheet keeps: 0.1 + 0.2 is 0.3.
fn digits(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// A day that lost its form: 45748 is 2025-04-01.
fn serial(number: f64) -> Result<String, Say> {
    let shown = digits(number);
    let day = Date::new(1899, 12, 30).filter(|_| number.fract() == 0.0 && (367.0..110_000.0).contains(&number));
    day.map(|day| day.plus_days(number as i64).to_string()).ok_or_else(|| {
        say!(
            "「{shown}」は日付として読めません。例 2025/4/1、令和７年４月１日",
            "{shown} is no date; type one such as 2025-04-01"
        )
    })
}

/// The words of a list: a cell each, or several in one cell.
pub(super) fn read_list(
    words: &Words<'_>,
    kind: &Kind,
    lines: bool,
    cells: &[&Got<'_>],
) -> Result<Vec<String>, Vec<(super::Spot, Say)>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for got in cells {
        let whole = match read(words, kind, got, None) {
            Ok(None) => continue,
            Ok(Some(text)) if !lines => {
                found.push(text);
                continue;
            }
            Ok(Some(text)) => text,
            Err(why) => match got.cell {
                Some(Cell::Text(text)) if !lines && text.contains(['\n', '、', ',', '，']) => text.clone(),
                _ => {
                    wrong.push((got.spot.clone(), why));
                    continue;
                }
            },
        };
        let split = |text: &str| -> Vec<String> {
            let parts: Vec<&str> =
                if lines { text.split('\n').collect() } else { text.split(['\n', '、', ',', '，']).collect() };
            parts.into_iter().filter(|part| !part.trim().is_empty()).map(str::to_owned).collect()
        };
        for part in split(&whole) {
            match words.read(kind, &part, None) {
                Ok(text) => found.push(text),
                Err(why) => wrong.push((got.spot.clone(), why)),
            }
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}
