//! When each unit is heard: from an engine's phones, or from the sound itself.

use super::text::Unit;

/// A phone that was spoken and when, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phone {
    pub(super) name: String,
    pub(super) start: f32,
    pub(super) end: f32,
}

/// Above this many cells the table of the alignment is not worth its memory.
const LARGEST_TABLE: usize = 120_000_000;

/// The time of each unit from the phones of the whole line, given the phones that each unit has on its own. The two
/// differ a little ("a" alone is said otherwise than "a whale"), so they are aligned: Needleman and Wunsch 1970, with
/// a vowel for a vowel costing less than a vowel for a consonant. `None` when the two do not belong together or a unit
/// has no phone at all.
pub(super) fn by_phones(line: &[Phone], units: &[Vec<String>]) -> Option<Vec<(f32, f32)>> {
    let alone: Vec<(usize, &str)> =
        units.iter().enumerate().flat_map(|(u, phones)| phones.iter().map(move |p| (u, p.as_str()))).collect();
    let (rows, columns) = (line.len() + 1, alone.len() + 1);
    if rows.checked_mul(columns)? > LARGEST_TABLE {
        return None;
    }
    const SKIP: u32 = 3;
    // 0: both, 1: only in the line, 2: only in the unit.
    let mut step = vec![0_u8; rows * columns];
    let mut above: Vec<u32> = (0..columns as u32).map(|c| c * SKIP).collect();
    step[1..columns].fill(2);
    for (r, phone) in line.iter().enumerate() {
        let mut row = vec![(r as u32 + 1) * SKIP; columns];
        step[(r + 1) * columns] = 1;
        for (c, (_, name)) in alone.iter().enumerate() {
            let both = above[c] + swap_cost(&phone.name, name);
            let (only_line, only_unit) = (above[c + 1] + SKIP, row[c] + SKIP);
            let best = both.min(only_line).min(only_unit);
            row[c + 1] = best;
            step[(r + 1) * columns + c + 1] = if best == both {
                0
            } else if best == only_line {
                1
            } else {
                2
            };
        }
        above = row;
    }
    // More than half of everything swapped or skipped: this is another text.
    if above[columns - 1] as usize > 3 * line.len().max(alone.len()) / 2 + 6 {
        return None;
    }
    let mut owner: Vec<Option<usize>> = vec![None; line.len()];
    let (mut r, mut c) = (line.len(), alone.len());
    while r > 0 || c > 0 {
        match step[r * columns + c] {
            0 => {
                owner[r - 1] = Some(alone[c - 1].0);
                (r, c) = (r - 1, c - 1);
            }
            1 => r -= 1,
            _ => c -= 1,
        }
    }
    spans(line, &owner, units.len())
}

/// Gathers owned phones into one span a unit; a phone that nobody owns belongs to the unit before it.
fn spans(line: &[Phone], owner: &[Option<usize>], units: usize) -> Option<Vec<(f32, f32)>> {
    let mut spans: Vec<Option<(f32, f32)>> = vec![None; units];
    let mut last = owner.iter().flatten().next().copied()?;
    for (phone, owner) in line.iter().zip(owner) {
        last = owner.unwrap_or(last);
        let span = spans[last].get_or_insert((phone.start, phone.end));
        *span = (span.0.min(phone.start), span.1.max(phone.end));
    }
    spans.into_iter().collect()
}

fn swap_cost(a: &str, b: &str) -> u32 {
    let vowel = |p: &str| p.starts_with(['a', 'e', 'i', 'o', 'u']);
    if a == b {
        0
    } else if vowel(a) == vowel(b) {
        2
    } else {
        5
    }
}

/// The time of each unit by its weight, on a clock that runs only while something is heard. `from` and `to` bound the
/// stretch of sound in seconds.
pub(super) fn by_weight(samples: &[f32], rate: u32, (from, to): (f32, f32), weights: &[f32]) -> Vec<(f32, f32)> {
    const STEP: f32 = 0.01;
    let at = |seconds: f32| ((seconds * rate as f32) as usize).min(samples.len());
    let stretch = &samples[at(from)..at(to).max(at(from))];
    let loudest = stretch.iter().fold(0.0_f32, |m, s| m.max(s.abs()));
    let hop = ((STEP * rate as f32) as usize).max(1);
    let heard: Vec<bool> = stretch.chunks(hop).map(|c| c.iter().any(|s| s.abs() > loudest * 0.02)).collect();
    let total = heard.iter().filter(|h| **h).count() as f32;
    let sum: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut clock = 0.0;
    let (mut step, mut passed) = (0, 0.0);
    // The moment at which `goal` steps of sound have been heard; a start skips the silence that follows.
    let mut moment = |goal: f32, start: bool| {
        while step < heard.len() && (passed < goal - 0.5 || (start && !heard[step])) {
            passed += f32::from(u8::from(heard[step]));
            step += 1;
        }
        from + (step as f32 * STEP).min(to - from)
    };
    weights
        .iter()
        .map(|weight| {
            let start = moment(clock, true);
            clock += total * weight / sum;
            (start, moment(clock, false).max(start))
        })
        .collect()
}

/// How long a unit takes to say, roughly, where nothing better is known: its letters, and a bit for being a word.
pub(super) fn letters(units: &[Unit]) -> Vec<f32> {
    units
        .iter()
        .map(|u| {
            let said = |c: char| match c {
                c if c.is_ascii_digit() => 4.0,
                c if c.is_alphabetic() && c as u32 > 0x2e80 => 3.0,
                _ => 1.0,
            };
            1.5 + u.text.chars().map(said).sum::<f32>()
        })
        .collect()
}

/// The stretches of sound between silences of at least `gap` seconds, in seconds.
pub(super) fn stretches(samples: &[f32], rate: u32, gap: f32) -> Vec<(f32, f32)> {
    let quiet = 20.0 / 32_768.0;
    let gap = (gap * rate as f32) as usize;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, _) in samples.iter().enumerate().filter(|(_, s)| s.abs() > quiet) {
        match found.last_mut() {
            Some(last) if i - last.1 < gap => last.1 = i,
            _ => found.push((i, i)),
        }
    }
    found.into_iter().map(|(s, e)| (s as f32 / rate as f32, (e + 1) as f32 / rate as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn line(text: &str) -> Vec<Phone> {
        text.split_whitespace()
            .enumerate()
            .map(|(i, name)| Phone { name: name.into(), start: i as f32, end: i as f32 + 1.0 })
            .collect()
    }

    #[test]
    fn phones_find_their_words_though_some_change_in_the_line() {
        let check = |heard: &str, alone: &[&str], want: Option<&[(f32, f32)]>| {
            let alone: Vec<_> = alone.iter().map(|a| phones(a)).collect();
            assert_eq!(by_phones(&line(heard), &alone).as_deref(), want, "{heard}");
        };
        check("dh iy ow l d l ay t", &["dh ax", "ow l d", "l ay t"], Some(&[(0.0, 2.0), (2.0, 5.0), (5.0, 8.0)]));
        // "a" is `ey` alone and `ax` in the line.
        check("ax w ey l", &["ey", "w ey l"], Some(&[(0.0, 1.0), (1.0, 4.0)]));
        // A sound more at the seam belongs to the word before.
        check("l ao r ax n d", &["l ao", "ax n d"], Some(&[(0.0, 3.0), (3.0, 6.0)]));
        check("k ae t", &["s uw p er l ao ng t eh k s t", "z"], None);
        check("k ae t", &["k ae t", ""], None);
        check("", &[], None);
    }

    #[test]
    fn weights_run_only_while_something_is_heard() {
        // One second of sound, one of silence, one of sound.
        let mut sound = vec![0.5; 3000];
        sound[1000..2000].fill(0.0);
        let spans = by_weight(&sound, 1000, (0.0, 3.0), &[1.0, 1.0, 2.0]);
        let near = |a: f32, b: f32| (a - b).abs() < 0.03;
        let want = [(0.0, 0.5), (0.5, 1.0), (2.0, 3.0)];
        for (got, want) in spans.iter().zip(want) {
            assert!(near(got.0, want.0) && near(got.1, want.1), "{spans:?}");
        }
        assert_eq!(by_weight(&[], 1000, (0.0, 0.0), &[1.0]), [(0.0, 0.0)]);
        assert_eq!(stretches(&sound, 1000, 0.5), [(0.0, 1.0), (2.0, 3.0)]);
    }
}
