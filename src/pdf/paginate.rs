//! Pieces onto pages: groups kept together where they fit, heads of tables repeated, nothing cut.

use std::rc::Rc;

use super::mark::{Head, Keep, Mark, Piece, Stop};

/// Rounding.
const NEAR: f32 = 0.01;

/// A page: its marks, and the headings on it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) marks: Vec<Mark>,
    pub(super) stops: Vec<(f32, Stop)>,
}

/// Lays pieces onto pages of a height, beginning a new page.
pub(super) fn paginate(pieces: Vec<Piece>, height: f32) -> Vec<Page> {
    let mut press = Press { height, pages: Vec::new(), y: 0.0 };
    let mut rest = pieces.into_iter().peekable();
    if rest.peek().is_some() {
        press.turn();
    }
    while rest.peek().is_some() {
        let mut group = Vec::new();
        for piece in rest.by_ref() {
            let last = piece.keep == Keep::Alone;
            group.push(piece);
            if last {
                break;
            }
        }
        press.group(group, Keep::Group);
    }
    press.pages
}

/// How high pieces are when they stand below one another in the middle of a page.
pub(super) fn total(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| piece.before + piece.height).sum()
}

struct Press {
    height: f32,
    pages: Vec<Page>,
    y: f32,
}

impl Press {
    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = 0.0;
    }

    /// Puts a group on one page; one that is higher than a page is divided, headings last.
    fn group(&mut self, group: Vec<Piece>, bond: Keep) {
        let Some(first) = group.first() else { return };
        let repeated = first.head.as_ref().map_or(0.0, |head| head.height);
        let alone = total(&group) - first.before + repeated;
        let here = if self.y > 0.0 { self.y + total(&group) } else { alone };
        let fits = |height: f32| height <= self.height + NEAR;
        if !fits(here) && !fits(alone) && bond == Keep::Group {
            return self.divide(group);
        }
        if !fits(here) && self.y > 0.0 {
            self.turn();
        }
        group.into_iter().for_each(|piece| self.place(piece));
    }

    fn divide(&mut self, group: Vec<Piece>) {
        let mut part = Vec::new();
        for piece in group {
            let last = piece.keep != Keep::Next;
            part.push(piece);
            if last {
                self.group(std::mem::take(&mut part), Keep::Next);
            }
        }
        self.group(part, Keep::Next);
    }

    fn place(&mut self, piece: Piece) {
        if self.y > 0.0 && self.y + piece.before + piece.height > self.height + NEAR {
            self.turn();
        }
        if self.y > 0.0 {
            self.y += piece.before;
        } else if let Some(head) = &piece.head {
            self.repeat(&Rc::clone(head));
        }
        let y = self.y;
        self.y += piece.height;
        let Some(page) = self.pages.last_mut() else { return };
        page.stops.extend(piece.stop.map(|stop| (y, stop)));
        page.marks.extend(piece.marks.into_iter().map(|mark| mark.lower(y)));
    }

    fn repeat(&mut self, head: &Head) {
        let Some(page) = self.pages.last_mut() else { return };
        page.marks.extend(head.marks.iter().cloned().map(Mark::again));
        self.y += head.height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(height: f32, keep: Keep) -> Piece {
        let stop = Some(Stop { level: 1, text: format!("{height}"), anchor: None });
        Piece { before: 2.0, height, marks: Vec::new(), keep, head: None, stop }
    }

    /// Heights of the pieces on each page.
    fn pages(pieces: Vec<Piece>) -> Vec<Vec<String>> {
        let names = |page: Page| page.stops.into_iter().map(|(_, stop)| stop.text).collect();
        paginate(pieces, 100.0).into_iter().map(names).collect()
    }

    #[test]
    fn groups_share_a_page_where_they_fit() {
        let (alone, group, next) = (Keep::Alone, Keep::Group, Keep::Next);
        let three = || vec![piece(50.0, alone), piece(30.0, group), piece(40.0, alone)];
        assert_eq!(pages(three()), [vec!["50"], vec!["30", "40"]]);
        let large = vec![piece(50.0, alone), piece(10.0, next), piece(30.0, group), piece(80.0, alone)];
        assert_eq!(pages(large), [vec!["50", "10", "30"], vec!["80"]], "a group higher than a page is divided");
        let headed = vec![piece(90.0, alone), piece(5.0, next), piece(60.0, alone)];
        assert_eq!(pages(headed), [vec!["90"], vec!["5", "60"]], "no heading at a page's end");
        assert_eq!(pages(vec![piece(150.0, next), piece(150.0, alone)]), [vec!["150"], vec!["150"]]);
    }

    #[test]
    fn a_table_that_goes_on_repeats_its_head() {
        let head = Rc::new(Head { height: 10.0, marks: Vec::new() });
        let row = |keep| Piece { head: Some(Rc::clone(&head)), ..piece(40.0, keep) };
        let alone = Keep::Alone;
        let all = paginate(vec![piece(10.0, Keep::Next), row(alone), row(alone), row(alone)], 100.0);
        let places: Vec<Vec<f32>> = all.iter().map(|page| page.stops.iter().map(|(y, _)| *y).collect()).collect();
        assert_eq!(places, [vec![0.0, 12.0, 54.0], vec![10.0]], "rows below the repeated head");
    }
}
