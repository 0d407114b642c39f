//! From an endless line to lines of a width.

use super::chars::Unit;
use super::kinsoku::{Side, WORST, breaks};

/// A line with every character at its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Characters, and how far each is from the line's beginning.
    pub(super) units: Vec<(Unit, f32)>,
    /// From the first to the end of the last that can be seen.
    pub(super) width: f32,
}

/// How much a gap may grow, for a size of 1, before a ragged line is the better one.
const STRETCH: f32 = 0.2;
/// Rounding.
const NEAR: f32 = 0.01;
/// A last line of a paragraph, and one of a cell, has as many full-width characters at least, where
/// the lines are as long as that.
const LAST: (f32, f32) = (4.0, 3.0);
const LONG: f32 = 12.0;
/// How full the line before it stays, of which that is taken.
const FULL: f32 = 0.7;

/// Breaks units into lines no wider than `width`; justified lines end at `width` but for the last.
///
/// Only a character that is wider itself goes over.
pub(super) fn wrap(units: &[Unit], width: f32, justify: bool) -> Vec<Line> {
    let breaks = breaks(units);
    let mut ends = Vec::new();
    let mut start = 0;
    while start < units.len() {
        start = line_end(units, &breaks, start, width);
        ends.push(start);
    }
    lengthen_last(units, &breaks, &mut ends, (width, if justify { LAST.0 } else { LAST.1 }));
    let line = |at: usize| {
        let (start, end) = (if at == 0 { 0 } else { ends[at - 1] }, ends[at]);
        let to = (justify && end < units.len()).then_some(width);
        set(&units[start..end], width, to)
    };
    (0..ends.len()).map(line).collect()
}

/// Takes from the line before the last what a last line of a character or two lacks.
fn lengthen_last(units: &[Unit], breaks: &[u8], ends: &mut [usize], (width, least): (f32, f32)) {
    let [before @ .., end, _] = ends else { return };
    let start = before.last().copied().unwrap_or(0);
    let size = units[*end].style.size;
    let long = |from: usize, to: usize| units[from..to].iter().map(|unit| unit.width).sum::<f32>();
    if width < LONG * size || long(*end, units.len()) >= least * size - NEAR {
        return;
    }
    let earlier = (start + 1..*end).rev().filter(|at| breaks[at - 1] == 0);
    if let Some(at) = earlier.into_iter().find(|at| long(*at, units.len()) >= least * size - NEAR)
        && long(start, at) >= FULL * width
    {
        *end = at;
    }
}

/// How wide the widest part is that should not be broken.
pub(super) fn widest(units: &[Unit]) -> f32 {
    let breaks = breaks(units);
    let (mut widest, mut here) = (0.0_f32, 0.0);
    for (at, unit) in units.iter().enumerate() {
        here += if unit.is_space() { 0.0 } else { unit.width };
        widest = widest.max(here);
        if breaks.get(at).is_none_or(|badness| *badness == 0) {
            here = 0.0;
        }
    }
    widest
}

/// Where the line that begins at `start` ends: as far as it fits at the least bad place.
fn line_end(units: &[Unit], breaks: &[u8], start: usize, width: f32) -> usize {
    let mut best = [None; WORST as usize + 1];
    let mut used = -units[start].blank(Side::Left);
    let mut seen = 0.0;
    for end in start + 1..=units.len() {
        let unit = &units[end - 1];
        used += unit.width;
        if !unit.is_space() {
            seen = used - unit.blank(Side::Right);
        }
        // Until it is certain that no stop with a blank half can still fit.
        if used - unit.style.size > width && seen > width {
            break;
        }
        if seen > width + NEAR {
            continue;
        }
        match breaks.get(end - 1) {
            Some(badness) => best[usize::from(*badness)] = Some(end),
            None => return end,
        }
    }
    best.into_iter().flatten().next().unwrap_or(start + 1)
}

/// Places the units of one line.
fn set(units: &[Unit], width: f32, to: Option<f32>) -> Line {
    let visible = units.iter().rposition(|unit| !unit.is_space()).map_or(0, |last| last + 1);
    let mut line = Line::default();
    let mut x = 0.0;
    for (at, unit) in units.iter().enumerate() {
        let mut unit = *unit;
        if at == 0 {
            let blank = unit.blank(Side::Left);
            unit.width -= blank;
            unit.shift -= blank;
        }
        if at >= visible {
            unit.width = 0.0;
        }
        line.units.push((unit, x));
        x += unit.width;
    }
    if let Some((last, _)) = line.units[..visible].last_mut()
        && x > width + NEAR
    {
        let blank = last.blank(Side::Right);
        last.width -= blank;
        x -= blank;
    }
    line.width = x;
    if let Some(to) = to {
        justify(&mut line, visible, to);
    }
    line
}

/// Widens gaps, but not those inside words, until the line ends at `to`.
fn justify(line: &mut Line, visible: usize, to: f32) {
    let seen = &line.units[..visible];
    let can = |pair: &[(Unit, f32)]| !(pair[0].0.is_half() && pair[1].0.is_half());
    let gaps = seen.windows(2).filter(|pair| can(pair)).count();
    let Some(((first, _), count)) = seen.first().zip(u16::try_from(gaps).ok().filter(|count| *count > 0)) else {
        return;
    };
    let each = (to - line.width) / f32::from(count);
    if each <= 0.0 || each > STRETCH * first.style.size {
        return;
    }
    let mut more = 0.0;
    for at in 0..line.units.len() {
        line.units[at].1 += more;
        if at + 1 < visible && can(&line.units[at..at + 2]) {
            line.units[at].0.width += each;
            more += each;
        }
    }
    line.width = to;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::pdf::chars::{Style, units};
    use crate::pdf::font::Fonts;
    use crate::pdf::kinsoku;

    static FONTS: std::sync::LazyLock<Fonts> = std::sync::LazyLock::new(Fonts::embedded);

    fn set(text: &str) -> Vec<Unit> {
        units(&FONTS, &[(text, Style { size: 10.0, bold: false, ink: [0; 3] })], &mut BTreeSet::new())
    }

    fn words(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.units.iter().map(|(unit, _)| unit.text).collect()).collect()
    }

    fn broken(text: &str, width: f32) -> Vec<String> {
        words(&wrap(&set(text), width, true))
    }

    #[test]
    fn lines_end_as_print_has_them() {
        assert_eq!(broken("あいうえお、かき", 50.0), ["あいうえ", "お、かき"], "no stop begins a line");
        assert_eq!(broken("あいうえ、かき", 46.0), ["あいうえ、", "かき"], "the blank of a stop may hang");
        assert_eq!(broken("あいう（え）お", 40.0), ["あいう", "（え）お"], "no bracket ends a line");
        assert_eq!(broken("期限は３月31日です", 66.0), ["期限は", "３月31日です"], "a date is kept whole");
        assert_eq!(broken("令和８年３月31日", 50.0), ["令和８年", "３月31日"], "or is broken after the year");
        assert_eq!(broken("https://example.jp/a", 40.0).concat(), "https://example.jp/a");
        assert_eq!(broken("one two  three", 40.0), ["one two  ", "three"], "blanks hang");
    }

    #[test]
    fn a_last_line_is_no_single_character() {
        let text = "あいうえおかきくけこさしすせそたつ。";
        assert_eq!(broken(text, 170.0), ["あいうえおかきくけこさしすせ", "そたつ。"]);
        assert_eq!(
            broken(text, 60.0).last().map(String::as_str),
            Some("すせそたつ。"),
            "short lines have short last ones"
        );
        assert_eq!(broken("あいうえおかきくけこさしすせそ", 110.0)[1], "しすせそ", "long enough as it is");
        let url = "あいうえおかhttps://example.jp/a/b。";
        assert_eq!(broken(url, 150.0).concat(), url, "nothing is broken for it");
    }

    #[test]
    fn justified_lines_end_at_the_width() {
        let lines = wrap(&set("あいうえおかきくけこ。さしすせそ"), 104.0, true);
        assert_eq!(lines.iter().map(|line| line.width).collect::<Vec<_>>(), [104.0, 70.0]);
        let ragged = wrap(&set("あいinternationalization"), 100.0, true);
        assert!(ragged[0].width < 100.0, "no gap as wide as that");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(
            text in "[ 　あいうっー、。「」（）・…年月日件令和第ＡＢａbc012３４,./:@%-]{0,120}",
            width in 11.0_f32..480.0,
            justify in any::<bool>(),
        ) {
            let all = set(&text);
            let lines = wrap(&all, width, justify);
            prop_assert_eq!(words(&lines).concat(), text);
            for line in &lines {
                prop_assert!(!line.units.is_empty());
                prop_assert!(line.width <= width + 0.02, "{} over {width}", line.width);
                for pair in line.units.windows(2) {
                    prop_assert!(pair[1].1 >= pair[0].1, "characters go forward");
                }
                for (unit, x) in line.units.iter().filter(|(unit, _)| !unit.is_space()) {
                    let blank = if kinsoku::blank_side(unit.text) == Some(Side::Right) { 5.0 } else { 0.0 };
                    let end = x + unit.shift + unit.style.size.min(unit.width.max(5.0) - unit.shift) - blank;
                    prop_assert!(end <= width + 0.02, "{} ends at {end} of {width}", unit.text);
                }
            }
        }

        #[test]
        fn no_line_begins_with_what_may_not(
            text in "[あいうっー、。」）ゃ]{0,80}",
            width in 95.0_f32..300.0,
        ) {
            let starts = wrap(&set(&text), width, true).iter().skip(1).filter_map(|line| line.units.first().map(|it| it.0.text)).collect::<String>();
            // A run of such characters longer than a line leaves no other way.
            let run = text.split(['あ', 'い', 'う']).map(|run| run.chars().count()).max().unwrap_or(0);
            prop_assume!(run < 8);
            prop_assert!(!starts.contains(['っ', 'ー', '、', '。', '」', '）', 'ゃ']), "{starts}");
        }
    }
}
