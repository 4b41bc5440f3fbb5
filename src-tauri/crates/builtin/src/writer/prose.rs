//! Films told in the person's own sentences: scenes they listed, or a theme that is a text of its own.
//!
//! The words stay as they were written; they are only parted into captions.

use story::{Brief, Kind, Language, TimeOfDay, Weather, clean_text};

use super::budget::{LINE_CHARS, LINE_WORDS, spoken_words};
use super::draft::Draft;
use super::lexicon::{self, is_unspaced};
use super::phrasebook::sentence;
use super::setting::{time_in, weather_in};
use super::spots::{Spot, Spots, spot_in};
use super::theme::Theme;

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut current = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        current.push(*c);
        let wide = matches!(c, '。' | '！' | '？');
        let ends = matches!(c, '.' | '!' | '?' | '…') && chars.get(at + 1).is_none_or(|n| n.is_whitespace());
        if (wide || ends || *c == '\n') && current.chars().any(char::is_alphanumeric) {
            all.push(clean_text(&current, 6000));
            current.clear();
        }
    }
    if current.chars().any(char::is_alphanumeric) {
        all.push(clean_text(&current, 6000));
    }
    all
}

/// A sentence parted into captions that are each short enough to be read and heard in one shot.
pub(super) fn captions(text: &str, language: Language) -> Vec<String> {
    let text = tidy(text);
    if language.is_unspaced() && text.chars().any(is_unspaced) {
        return unspaced(&text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let total = words.len();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < total {
        let left = total - start;
        if left <= LINE_WORDS {
            parts.push(words[start..].join(" "));
            break;
        }
        // A break after a comma or before a joining word reads best; a short rest is avoided.
        let most = (start + LINE_WORDS).min(total);
        let best = (start + 4..=most)
            .rev()
            .max_by_key(|end| {
                let after = words[*end - 1].ends_with([',', ';', ':', '—']);
                let before = words.get(*end).is_some_and(|w| {
                    matches!(
                        w.to_lowercase().as_str(),
                        "and"
                            | "but"
                            | "who"
                            | "that"
                            | "which"
                            | "when"
                            | "while"
                            | "because"
                            | "y"
                            | "et"
                            | "und"
                            | "que"
                            | "qui"
                    )
                });
                let lonely = total - *end < 3 && *end < total;
                i32::from(after) * 3 + i32::from(before) * 2 - i32::from(lonely) * 4
            })
            .unwrap_or(most);
        parts.push(words[start..best].join(" "));
        start = best;
    }
    parts.into_iter().filter(|p| spoken_words(p) > 0).collect()
}

fn unspaced(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut current = String::new();
    for c in text.chars() {
        current.push(c);
        let long = current.chars().count();
        let pause = matches!(c, '，' | '。' | '、' | '；' | '！' | '？' | ',' | ';' | ':' | '：' | '.');
        if pause && long >= 5 || long >= LINE_CHARS - 1 {
            parts.push(std::mem::take(&mut current));
        }
    }
    if current.chars().any(char::is_alphanumeric) {
        parts.push(current);
    }
    parts.into_iter().map(|p| p.trim().to_owned()).filter(|p| p.chars().any(char::is_alphanumeric)).collect()
}

// Quotation marks that would be left open by a cut are dropped; very long words are no words.
fn tidy(text: &str) -> String {
    let open = text.matches('"').count() % 2 == 1 || text.matches('“').count() != text.matches('”').count();
    let long = text.split_whitespace().count() > LINE_WORDS;
    let text = if open || long { text.replace(['"', '“', '”'], "") } else { text.to_owned() };
    text.split_whitespace().map(|w| w.chars().take(60).collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// As many of the sentences as there is time to say, the first and the last kept, the others evenly chosen.
pub(super) fn choose(all: &[String], words: usize) -> Vec<String> {
    let size = |s: &String| spoken_words(s).max(s.chars().filter(|c| is_unspaced(*c)).count() / 2);
    let total: usize = all.iter().map(size).sum();
    if total <= words || all.len() < 3 {
        return all.to_vec();
    }
    let mut keep = vec![false; all.len()];
    keep[0] = true;
    let mut used = size(&all[0]);
    // Halving the gaps spreads what is kept over the whole text.
    let mut order = vec![all.len() - 1];
    let mut step = all.len();
    while step > 1 {
        order.extend((step / 2..all.len()).step_by(step));
        step /= 2;
    }
    for at in order.into_iter().chain(0..all.len()) {
        if !keep[at] && used + size(&all[at]) <= words {
            keep[at] = true;
            used += size(&all[at]);
        }
    }
    all.iter().zip(keep).filter(|(_, k)| *k).map(|(s, _)| s.clone()).collect()
}

/// Sentences gathered into so many scenes, in order.
pub(super) fn gather(sentences: &[String], scenes: usize) -> Vec<String> {
    let scenes = scenes.clamp(1, sentences.len().max(1));
    (0..scenes).map(|i| sentences[i * sentences.len() / scenes..(i + 1) * sentences.len() / scenes].join(" ")).collect()
}

/// Drafts with one scene for each text.
pub(super) fn drafts(brief: &Brief, theme: &Theme, kind: Kind, texts: &[String]) -> Vec<Draft> {
    let language = brief.language.value;
    let mut rng = brief.seed.fork("script").rng();
    let mut spot = if language == Language::En {
        Spots::of(theme, kind, &mut rng).home
    } else {
        spot_in(brief.story())
            .map_or_else(|| Spot::of_kind(story::PlaceKind::default()), |s| super::languages::spot(&s, language))
    };
    let mut who: Vec<String> = Vec::new();
    let mut time = theme.time.unwrap_or(TimeOfDay::Day);
    let mut weather = theme.weather.unwrap_or(Weather::Clear);
    texts
        .iter()
        .map(|text| {
            if let Some(found) = spot_in(text) {
                spot = if language == Language::En { found } else { super::languages::spot(&found, language) };
            }
            time = time_in(text).unwrap_or(time);
            weather = weather_in(text).unwrap_or(weather);
            who = who_in(text, theme, brief, &who);
            let parts = sentences(text);
            let pool: Vec<String> = parts
                .iter()
                .flat_map(|s| captions(&if language.is_unspaced() { s.clone() } else { sentence(s) }, language))
                .collect();
            let title: Vec<&str> = text.split_whitespace().take(6).collect();
            let title = if language.is_unspaced() { text.chars().take(14).collect() } else { title.join(" ") };
            Draft {
                title: story::sentence_case(title.trim_end_matches([',', '.', ';', ':', '。', '，'])),
                happens: text.clone(),
                spot: spot.clone(),
                time,
                weather,
                season: None,
                mood: brief.mood.value,
                who: who.clone(),
                props: props_in(text, &spot),
                own: pool.len(),
                pool,
                lines: Vec::new(),
                duration_ms: 0,
            }
        })
        .collect()
}

// Who a text names; when it only says "he" or "they", those of the scene before.
fn who_in(text: &str, theme: &Theme, brief: &Brief, before: &[String]) -> Vec<String> {
    if brief.language.value != Language::En {
        return super::languages::beings(text).into_iter().map(|b| b.words).take(3).collect();
    }
    let mut who: Vec<String> = Vec::new();
    let words = story::words(text);
    for (at, word) in words.iter().enumerate() {
        let pair = words.get(at + 1).map(|n| format!("{word} {n}"));
        let noun = pair
            .as_deref()
            .filter(|p| p.contains(' '))
            .and_then(lexicon::noun)
            .map(|n| n.word)
            .or_else(|| lexicon::noun(word).map(|n| n.word));
        let Some(noun) = noun else { continue };
        let pair_of =
            |b: &super::being::Being| b.noun.is_some_and(|n| n.word == noun || n.word.ends_with(&format!(" {noun}")));
        let known = [&theme.hero, &theme.other].into_iter().flatten().find(|b| pair_of(b));
        let names = known.map_or_else(
            || vec![format!("the {}", noun.split(' ').next_back().unwrap_or(noun))],
            super::being::Being::seen,
        );
        for name in names {
            if !who.contains(&name) {
                who.push(name);
            }
        }
    }
    for being in [&theme.hero, &theme.other].into_iter().flatten() {
        if !being.name.is_empty() && words.contains(&being.short.to_lowercase()) && !who.contains(&being.short) {
            who.push(being.short.clone());
        }
    }
    if who.is_empty()
        && words.iter().any(|w| matches!(w.as_str(), "he" | "she" | "they" | "him" | "her" | "them" | "his" | "their"))
    {
        who = if before.is_empty() {
            theme.hero.iter().flat_map(super::being::Being::seen).collect()
        } else {
            before.to_vec()
        };
    }
    who.truncate(3);
    who
}

fn props_in(text: &str, spot: &Spot) -> Vec<String> {
    let mut props = spot.props.clone();
    for found in super::setting::places_in(text) {
        if let Some(prop) = found.prop {
            props.push(prop.to_owned());
        }
    }
    props.extend(super::things::named_in(text));
    let mut seen = std::collections::BTreeSet::new();
    props.retain(|p| seen.insert(p.clone()));
    props
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_become_captions_of_whole_words() {
        let text = "He had walked for three days along the coast, and every evening he counted the lights that were still burning, because counting kept him awake.";
        let parts = captions(text, Language::En);
        assert!(parts.len() >= 2 && parts.iter().all(|p| spoken_words(p) <= LINE_WORDS), "{parts:?}");
        assert_eq!(parts.join(" "), text);
        assert_eq!(sentences("One. Two! Three?").len(), 3);
        assert_eq!(sentences("一。二！").len(), 2);
        assert!(captions("从前有一只住在森林里的刺猬，它非常害怕黑暗，每天晚上都躲起来。", Language::Zh).len() >= 2);
    }

    #[test]
    fn a_text_that_is_too_long_keeps_its_beginning_and_its_end() {
        let all: Vec<String> = (0..40).map(|i| format!("This is sentence number {i}.")).collect();
        let kept = choose(&all, 50);
        assert!(kept.len() <= 10 && kept.len() >= 8, "{}", kept.len());
        assert_eq!(kept.first(), all.first());
        assert_eq!(kept.last(), all.last());
    }
}
