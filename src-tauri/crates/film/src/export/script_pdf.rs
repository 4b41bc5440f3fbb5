//! The script on pages, as a screenplay is typed: twelve-point letters, ten to the inch, six rows to the inch, so that a
//! page is about a minute.

use super::Papers;
use super::letters::{Letters, Look};
use super::page::{Hold, Item, Paper, Words, fitted, pdf};
use super::papers::one_row;
use super::screenplay::{Block, Kind, blocks};
use crate::FilmError;

/// Points of a letter, a row and a cell.
const EM: f32 = 12.0;
const CELL: f32 = 7.2;
/// An inch and a half at the left, where it is bound; an inch above and below.
const LEFT: f32 = 108.0;
const TOP: f32 = 72.0;
/// Rows of a page.
const ROWS: usize = 56;
/// A speech is parted only when so many rows of it stay on each side.
const STAY: usize = 2;

/// The script as a PDF with a title page. Takes a moment; it blocks.
pub fn script_pdf(papers: &Papers) -> Result<Vec<u8>, FilmError> {
    let mut letters = Letters::new()?;
    let title = one_row(&papers.script.title);
    let mut pages = vec![title_page(papers, &title, &mut letters)];
    for (index, rows) in paged(&blocks(papers)).into_iter().enumerate() {
        let mut items: Vec<Item> = rows.into_iter().map(|(row, kind, text)| typed(row, kind, text)).collect();
        if index > 0 {
            let text = format!("{}.", index + 1);
            let x = LEFT + 60.0 * CELL;
            let number =
                Words { text, look: Look::Typed, size: EM, x, baseline: TOP - 24.0, hold: Hold::Right, grey: 0 };
            items.push(Item::Words(number));
        }
        pages.push(items);
    }
    pdf(&title, Paper::UPRIGHT, pages, &mut letters)
}

fn typed(row: usize, kind: Kind, text: String) -> Item {
    let look = if kind == Kind::Heading { Look::TypedBold } else { Look::Typed };
    let x = LEFT + kind.indent() as f32 * CELL;
    let baseline = TOP + EM * (row as f32 + 1.0);
    Item::Words(Words { text, look, size: EM, x, baseline, hold: Hold::Left, grey: 0 })
}

fn title_page(papers: &Papers, title: &str, letters: &mut Letters) -> Vec<Item> {
    let middle = Paper::UPRIGHT.width / 2.0;
    let mut baseline = Paper::UPRIGHT.height * 0.36;
    let mut items = Vec::new();
    let mut put = |text: String, look, size, gap: f32, grey| {
        items.push(Item::Words(Words { text, look, size, x: middle, baseline, hold: Hold::Middle, grey }));
        baseline += gap;
    };
    for row in fitted(letters, title, Look::TypedBold, 20.0, 420.0, 4) {
        put(row, Look::TypedBold, 20.0, 28.0, 0);
    }
    put(String::new(), Look::Typed, EM, 12.0, 0);
    for row in fitted(letters, &one_row(&papers.script.logline), Look::Typed, EM, 380.0, 6) {
        put(row, Look::Typed, EM, 18.0, 60);
    }
    items
}

/// A row of a page: its number from the top, its kind and its text.
type Row = (usize, Kind, String);

/// The blocks on pages. A heading stays with what follows it; a speech is parted only when it is long.
fn paged(blocks: &[Block]) -> Vec<Vec<Row>> {
    let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
    let mut used = 0;
    for (index, block) in blocks.iter().enumerate() {
        let gap = match used {
            0 => 0,
            _ if block.is_heading() => 2,
            _ => 1,
        };
        // What a heading needs below it, so that it is not the last on its page.
        let next = blocks.get(index + 1).filter(|_| block.is_heading());
        let after = next.map_or(0, |next| 1 + next.rows.len().min(STAY + 1));
        let fits = used + gap + block.rows.len() + after <= ROWS;
        let part = ROWS.saturating_sub(used + gap);
        // Below its heading a block begins, whatever is left of it for the next page.
        let headed = index.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(Block::is_heading);
        let parted = !fits && !block.is_heading() && part > STAY && (headed || block.rows.len() >= part + STAY);
        if fits || parted || used == 0 {
            used += gap;
        } else {
            pages.push(Vec::new());
            used = 0;
        }
        for (kind, text) in &block.rows {
            if used == ROWS {
                pages.push(Vec::new());
                used = 0;
            }
            if let Some(page) = pages.last_mut() {
                page.push((used, *kind, text.clone()));
            }
            used += 1;
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn block(kind: Kind, rows: usize) -> Block {
        Block { rows: (0..rows).map(|n| (kind, n.to_string())).collect() }
    }

    proptest! {
        #[test]
        fn every_row_is_on_a_page_and_no_heading_is_its_last(
            wanted in prop::collection::vec((0u8..3, 1usize..90), 1..60)
        ) {
            // A scene says something before the next one begins.
            let mut wanted = wanted;
            wanted.dedup_by(|after, before| (after.0, before.0) == (0, 0));
            let blocks: Vec<Block> = wanted.into_iter().map(|(kind, rows)| match kind {
                0 => block(Kind::Heading, rows.min(3)),
                1 => block(Kind::Action, rows),
                _ => block(Kind::Speech, rows),
            }).collect();
            let pages = paged(&blocks);
            let rows: Vec<_> = pages.iter().flatten().map(|(_, kind, text)| (*kind, text.clone())).collect();
            let want: Vec<_> = blocks.iter().flat_map(|b| b.rows.clone()).collect();
            prop_assert_eq!(rows, want);
            for (page, next) in pages.iter().zip(pages.iter().skip(1)) {
                prop_assert!(page.iter().all(|(row, ..)| *row < ROWS));
                prop_assert!(page.windows(2).all(|pair| pair[0].0 < pair[1].0));
                let ends_in_heading = page.last().is_some_and(|(_, kind, _)| *kind == Kind::Heading);
                let goes_on = next.first().is_some_and(|(_, kind, _)| *kind != Kind::Heading);
                prop_assert!(!(ends_in_heading && goes_on));
            }
        }
    }
}
