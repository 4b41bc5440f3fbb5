//! Breaking text into rows and captions at places where people would: pure, no pixels, no time.
//!
//! Widths are counted in cells, as a terminal does: a Latin letter is one, a Chinese character two, a combining mark
//! none. Spaced languages break at spaces; Chinese and Japanese between characters, but never before a closing mark.

use std::ops::Range;

use story::Size;

/// A piece of text that is never broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    /// True when a space parts it from the token before.
    pub(crate) spaced: bool,
    pub(crate) cells: usize,
}

/// How many cells a row of a caption may have in a picture of this shape.
pub(crate) fn row_cells(size: Size) -> usize {
    match size.ratio() {
        r if r >= 1.5 => 42,
        r if r >= 0.95 => 32,
        r if r >= 0.7 => 30,
        _ => 24,
    }
}

/// The rows of a caption as it is shown in a picture of this shape: one or two when it comes from [`crate::lay_out`].
pub fn caption_rows(text: &str, size: Size) -> Vec<String> {
    rows(text, row_cells(size))
}

/// The fewest rows of at most `limit` cells, as even as they can be.
pub(crate) fn rows(text: &str, limit: usize) -> Vec<String> {
    let tokens = tokens(text, limit);
    split_rows(&tokens, limit).into_iter().map(|r| join(&tokens[r])).collect()
}

/// The cells of the longest piece that is never broken.
pub(crate) fn longest_token(text: &str) -> usize {
    tokens(text, usize::MAX).iter().map(|t| t.cells).max().unwrap_or(0)
}

/// The text cut into captions of at most two rows of `limit` cells.
pub(crate) fn blocks(text: &str, limit: usize) -> Vec<String> {
    let tokens = tokens(text, limit);
    let n = tokens.len();
    // best[i] is the cheapest way to cut the first i tokens, and where its last block starts.
    let mut best = vec![(f64::INFINITY, 0); n + 1];
    best[0].0 = 0.0;
    for end in 1..=n {
        for start in (0..end).rev() {
            if greedy_rows(&tokens[start..end], limit) > 2 {
                break;
            }
            let cost = best[start].0 + block_cost(&tokens, start..end, limit);
            if cost < best[end].0 {
                best[end] = (cost, start);
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = n;
    while end > 0 {
        cuts.push(best[end].1..end);
        end = best[end].1;
    }
    cuts.into_iter().rev().map(|range| join(&tokens[range])).collect()
}

/// Few, full captions that end with a sentence or a clause, and none with one lonely word.
fn block_cost(tokens: &[Token], range: Range<usize>, limit: usize) -> f64 {
    let whole = range.len() == tokens.len();
    let cells = width(&tokens[range.clone()]);
    let slack = 1.0 - (cells as f64 / (2 * limit) as f64).min(1.0);
    let lonely = !whole && (range.len() == 1 || cells * 4 < limit);
    let ending = if range.end == tokens.len() { 0.0 } else { break_cost(tokens[range.end - 1]) };
    0.6 + slack * slack + ending + if lonely { 0.8 } else { 0.0 }
}

/// How bad it is to break after a token: nothing after a sentence, most after a small word that belongs to the next.
fn break_cost(before: Token) -> f64 {
    let last = before.text.trim_end_matches(['"', '”', '’', ')', '」', '』']).chars().next_back().unwrap_or(' ');
    match last {
        '.' | '!' | '?' | '…' | '。' | '！' | '？' => 0.0,
        ',' | ';' | ':' | '—' | '–' | '，' | '；' | '：' | '、' => 0.1,
        c if is_breakable(c) => 0.3,
        _ if before.cells <= 3 => 0.6,
        _ => 0.35,
    }
}

/// The fewest rows, and of all ways to fill them the most even one.
fn split_rows(tokens: &[Token], limit: usize) -> Vec<Range<usize>> {
    let n = tokens.len();
    let count = greedy_rows(tokens, limit);
    // best[r][i]: the cheapest way to put the first i tokens into r rows, and where the last row starts.
    let mut best = vec![vec![(f64::INFINITY, 0); n + 1]; count + 1];
    best[0][0].0 = 0.0;
    for r in 1..=count {
        for end in 1..=n {
            for start in (0..end).rev() {
                let cells = width(&tokens[start..end]);
                if cells > limit {
                    break;
                }
                let slack = 1.0 - cells as f64 / limit as f64;
                let ending = if end == n { 0.0 } else { break_cost(tokens[end - 1]) / 4.0 };
                let cost = best[r - 1][start].0 + slack * slack + ending;
                if cost < best[r][end].0 {
                    best[r][end] = (cost, start);
                }
            }
        }
    }
    let mut found = Vec::new();
    let mut end = n;
    for r in (1..=count).rev() {
        let start = best[r][end].1;
        found.push(start..end);
        end = start;
    }
    found.reverse();
    found
}

fn greedy_rows(tokens: &[Token], limit: usize) -> usize {
    let (mut rows, mut used) = (0, usize::MAX / 2);
    for token in tokens {
        let with = used + token.cells + usize::from(token.spaced);
        if with > limit {
            rows += 1;
            used = token.cells;
        } else {
            used = with;
        }
    }
    rows
}

fn join(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.spaced && i > 0 {
            text.push(' ');
        }
        text.push_str(token.text);
    }
    text
}

fn width(tokens: &[Token]) -> usize {
    let spaces = tokens.iter().skip(1).filter(|t| t.spaced).count();
    tokens.iter().map(|t| t.cells).sum::<usize>() + spaces
}

/// The tokens of a text, none wider than `limit`.
pub(crate) fn tokens(text: &str, limit: usize) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let mut start = 0;
        let mut used = 0;
        let mut before = None;
        let mut spaced = !found.is_empty();
        for (at, c) in word.char_indices() {
            let wide = cells(c);
            let may_break = before.is_some_and(|b| {
                wide > 0
                    && b != '\u{200d}'
                    && (is_breakable(b) || is_breakable(c))
                    && !sticks_to_before(c)
                    && !sticks_to_next(b)
            });
            if at > start && (may_break || used + wide > limit.max(2)) {
                found.push(Token { text: &word[start..at], spaced, cells: used });
                (start, used, spaced) = (at, 0, false);
            }
            used += wide;
            before = Some(c);
        }
        found.push(Token { text: &word[start..], spaced, cells: used });
    }
    found
}

/// Cells of a character (after Unicode's East Asian Width, roughly: enough to break rows by).
pub(crate) fn cells(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f
        | 0x0591..=0x05c7
        | 0x064b..=0x065f
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x206f
        | 0xfe00..=0xfe0f
        | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// True for characters of scripts without spaces.
fn is_breakable(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x20000..=0x3fffd)
}

/// Never at the start of a row (Japanese kinsoku, Chinese closing marks).
fn sticks_to_before(c: char) -> bool {
    "、。，．：；！？）」』】〉》〕｝”’…ー々ゝぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}%—–".contains(c)
}

/// Never at the end of a row.
fn sticks_to_next(c: char) -> bool {
    "（「『【〈《〔｛“‘([{$".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bare(text: &str) -> String {
        text.split_whitespace().collect()
    }

    fn check(text: &str, limit: usize) {
        let blocks = blocks(text, limit);
        assert_eq!(bare(&blocks.concat()), bare(text), "no letter may be lost");
        let longest = text.split_whitespace().map(|w| w.chars().map(cells).sum::<usize>()).max().unwrap_or(0);
        if longest <= limit && !text.chars().any(is_breakable) {
            let joined = blocks.join(" ");
            assert!(joined.split_whitespace().eq(text.split_whitespace()), "word for word: {joined:?}");
        }
        for block in &blocks {
            let rows = rows(block, limit);
            assert!((1..=2).contains(&rows.len()), "{rows:?}");
            for row in &rows {
                assert!(row.chars().map(cells).sum::<usize>() <= limit, "{row:?} is too long");
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_keep_every_word_and_the_bounds(text in "[a-zA-Z,.!?' ]{0,300}", limit in 20usize..46) {
            check(&text, limit);
        }

        #[test]
        fn blocks_of_any_text_keep_every_letter(text in "\\PC{0,120}", limit in 20usize..46) {
            check(&text, limit);
        }

        #[test]
        fn chinese_breaks_between_characters(text in "[一-龥]{1,90}。", limit in 20usize..46) {
            check(&text, limit);
        }
    }

    #[test]
    fn breaks_fall_where_people_would_put_them() {
        let blocks = |text| blocks(text, 42);
        assert_eq!(
            blocks(
                "The keeper climbed the stairs every night. Nobody on the mainland knew why the lamp had never once gone out."
            ),
            [
                "The keeper climbed the stairs every night.",
                "Nobody on the mainland knew why the lamp had never once gone out."
            ]
        );
        assert_eq!(rows("Nobody on the mainland knew why the lamp had gone out.", 42).len(), 2);
        for row in rows("灯塔看守人每天晚上都爬上楼梯，没有人知道为什么。", 30) {
            assert!(!row.starts_with(['，', '。']), "{row}");
        }
        assert_eq!(blocks(&"x".repeat(200)).concat(), "x".repeat(200));
    }
}
