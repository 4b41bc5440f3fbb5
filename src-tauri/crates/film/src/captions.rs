//! When the captions of a line are shown: each while its words are heard, without gap or overlap inside the line.

use story::{Caption, Size, TimedLine};

use crate::rows;

/// A caption stays at least this long where there is room for it.
pub(crate) const SHORTEST_MS: u32 = 1000;

/// How long the last caption of a line stays after the voice, where there is room: reading ends later than hearing.
const LINGER_MS: u32 = 350;

/// The captions of a line. `until_ms` is when the picture is needed for something else: the next line or shot.
pub(crate) fn captions(line: &TimedLine, size: Size, until_ms: u32) -> Vec<Caption> {
    let blocks = rows::blocks(&line.text, rows::row_cells(size));
    if blocks.is_empty() {
        return Vec::new();
    }
    let end = (line.end_ms + LINGER_MS).max(line.start_ms + SHORTEST_MS).min(until_ms.max(line.end_ms));
    let total: usize = blocks.iter().map(|b| letters(b)).sum();
    let mut bounds = vec![line.start_ms];
    let mut before = 0;
    for block in &blocks[..blocks.len() - 1] {
        before += letters(block);
        bounds.push(line.start_ms + spoken_at(line, before, total));
    }
    bounds.push(end);
    spread(&mut bounds);
    let mut before = 0;
    let caption = |(text, t): (String, &[u32])| {
        let said_ms = said(line, &text, before, total, (t[0], t[1]));
        before += letters(&text);
        Caption { text, start_ms: t[0], end_ms: t[1], said_ms }
    };
    blocks.into_iter().zip(bounds.windows(2)).map(caption).collect()
}

/// When each word of a caption is heard; empty when the voice does not tell, or when there is one word.
fn said(line: &TimedLine, text: &str, before: usize, total: usize, (start, end): (u32, u32)) -> Vec<u32> {
    let words: Vec<usize> = text.split_whitespace().map(letters).collect();
    if words.len() < 2 || !tells(line, total) {
        return Vec::new();
    }
    let mut before = before;
    let mut at = |word: usize| {
        let ms = line.start_ms + spoken_at(line, before, total);
        before += word;
        ms.clamp(start, end)
    };
    words.into_iter().map(&mut at).collect()
}

/// True when the word times of a line tell the same words as its text.
fn tells(line: &TimedLine, total: usize) -> bool {
    line.words.iter().map(|w| letters(&w.word)).sum::<usize>() == total
}

/// When the letter after `before` others is spoken, from the start of the line: by the word times where they tell the
/// same words, otherwise by its share.
fn spoken_at(line: &TimedLine, before: usize, total: usize) -> u32 {
    let length = line.end_ms - line.start_ms;
    if tells(line, total) {
        let mut count = 0;
        for word in &line.words {
            if count >= before {
                return word.start_ms.min(length);
            }
            count += letters(&word.word);
        }
    }
    (u64::from(length) * before as u64 / total.max(1) as u64) as u32
}

/// Moves the bounds apart so that every caption has its shortest time, as far as there is time at all.
fn spread(bounds: &mut [u32]) {
    let n = bounds.len() - 1;
    let (first, last) = (bounds[0], bounds[n]);
    let each = SHORTEST_MS.min((last - first) / n as u32);
    for i in 1..n {
        bounds[i] = bounds[i].max(bounds[i - 1] + each);
    }
    for i in (1..n).rev() {
        bounds[i] = bounds[i].min(bounds[i + 1] - each);
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use story::{Aspect, Minter, Seed, WordTime};

    use super::*;

    fn line(text: &str, start_ms: u32, length_ms: u32, words: Vec<WordTime>) -> TimedLine {
        let id = Minter::new(Seed::new(1)).line();
        TimedLine { line: id, text: text.to_owned(), start_ms, end_ms: start_ms + length_ms, words }
    }

    proptest! {
        #[test]
        fn captions_join_to_the_text_and_never_overlap(
            words in prop::collection::vec("[a-z]{1,12}[,.]?", 1..60),
            pace in 120u32..500,
            timed in any::<bool>(),
            aspect in prop::sample::select(Aspect::ALL.to_vec()),
        ) {
            let text = words.join(" ");
            let length = pace * words.len() as u32;
            let times = words.iter().enumerate().map(|(i, w)| WordTime {
                word: w.clone(),
                start_ms: i as u32 * pace,
                end_ms: (i as u32 + 1) * pace,
            });
            let line = line(&text, 5000, length, if timed { times.collect() } else { Vec::new() });
            let shown = captions(&line, aspect.size(720), line.end_ms + 2000);
            let joined: Vec<&str> = shown.iter().map(|c| c.text.as_str()).collect();
            prop_assert_eq!(joined.join(" "), text);
            prop_assert_eq!(shown[0].start_ms, 5000);
            for pair in shown.windows(2) {
                prop_assert_eq!(pair[0].end_ms, pair[1].start_ms);
            }
            for caption in &shown {
                prop_assert!(caption.start_ms < caption.end_ms);
                prop_assert!(shown.len() > 1 || caption.end_ms - caption.start_ms >= SHORTEST_MS);
            }
            for caption in &shown {
                let words = caption.text.split_whitespace().count();
                let told = timed && words > 1;
                prop_assert_eq!(caption.said_ms.len(), if told { words } else { 0 });
                prop_assert!(caption.said_ms.is_sorted());
                prop_assert!(caption.said_ms.iter().all(|ms| (caption.start_ms..=caption.end_ms).contains(ms)));
            }
            let last = shown[shown.len() - 1].end_ms;
            prop_assert!(last >= line.end_ms && last <= line.end_ms + 2000);
        }
    }

    #[test]
    fn word_times_decide_where_they_are_known() {
        let text = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen. \
                    And then, much later, the last few words were spoken by somebody else.";
        let words: Vec<WordTime> = text
            .split_whitespace()
            .enumerate()
            .map(|(i, w)| {
                let start_ms = if i < 14 { i as u32 * 100 } else { 6000 + i as u32 * 100 };
                WordTime { word: w.to_owned(), start_ms, end_ms: start_ms + 100 }
            })
            .collect();
        let shown = captions(&line(text, 0, 9000, words), Aspect::Wide.size(720), 9000);
        let then = shown.iter().find(|c| c.text.starts_with("And then")).unwrap();
        assert_eq!(then.start_ms, 7400);
        assert_eq!(then.said_ms[..3], [7400, 7500, 7600]);
    }

    #[test]
    fn a_caption_ends_before_the_next_picture() {
        let shown = captions(&line("No.", 0, 400, Vec::new()), Aspect::Wide.size(720), 600);
        assert_eq!((shown[0].start_ms, shown[0].end_ms), (0, 600));
        assert!(captions(&line(" ", 0, 400, Vec::new()), Aspect::Wide.size(720), 600).is_empty());
    }
}
