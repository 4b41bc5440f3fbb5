//! Finds in a text where, when and in what weather something happens.
//!
//! Reads words only; it never makes up a place that is not in the text.

use story::{PlaceKind, TimeOfDay, Weather, words};

use super::lexicon::{is_unspaced, place_words};

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: PlaceKind,
    /// The word that named it, as it stands in the table.
    pub(super) word: &'static str,
    pub(super) prop: Option<&'static str>,
}

/// Every place a text names, in the order of the text; of several names at one spot the longest counts.
pub(super) fn places_in(text: &str) -> Vec<Found> {
    let spaced = format!(" {} ", words(text).join(" "));
    let mut found: Vec<(usize, usize, Found)> = Vec::new();
    for entry in place_words() {
        let at = if entry.word.chars().next().is_some_and(is_unspaced) {
            text.find(entry.word)
        } else {
            spaced.find(&format!(" {} ", entry.word)).map(|at| at + 1)
        };
        let Some(at) = at else { continue };
        let end = at + entry.word.len();
        if found.iter().any(|(a, e, _)| at < *e && *a < end && e - a >= end - at) {
            continue;
        }
        found.retain(|(a, e, _)| !(at < *e && *a < end));
        found.push((at, end, Found { kind: entry.kind, word: entry.word, prop: entry.prop }));
    }
    found.sort_by_key(|(at, _, _)| *at);
    found.into_iter().map(|(_, _, f)| f).collect()
}

fn named<T: Copy>(text: &str, table: &[(T, &[&str])]) -> Option<T> {
    let spaced = format!(" {} ", words(text).join(" "));
    table.iter().find_map(|(value, list)| {
        list.iter()
            .any(|w| {
                if w.chars().next().is_some_and(is_unspaced) {
                    text.contains(w)
                } else {
                    spaced.contains(&format!(" {w} "))
                }
            })
            .then_some(*value)
    })
}

/// The sort of place that a text names first.
pub fn place_in(text: &str) -> Option<PlaceKind> {
    places_in(text).first().map(|found| found.kind)
}

/// The part of the day a text names.
pub fn time_in(text: &str) -> Option<TimeOfDay> {
    named(
        text,
        &[
            (
                TimeOfDay::Night,
                &[
                    "night",
                    "midnight",
                    "at night",
                    "moonlight",
                    "moonlit",
                    "starry",
                    "夜",
                    "深夜",
                    "晚上",
                    "noche",
                    "nuit",
                    "nacht",
                    "nachts",
                ],
            ),
            (
                TimeOfDay::Dawn,
                &[
                    "dawn",
                    "sunrise",
                    "daybreak",
                    "first light",
                    "early morning",
                    "清晨",
                    "黎明",
                    "夜明け",
                    "amanecer",
                    "aube",
                    "morgendämmerung",
                    "sonnenaufgang",
                ],
            ),
            (
                TimeOfDay::Dusk,
                &[
                    "dusk",
                    "twilight",
                    "evening",
                    "nightfall",
                    "黄昏",
                    "傍晚",
                    "夕暮れ",
                    "anochecer",
                    "crépuscule",
                    "dämmerung",
                    "abend",
                ],
            ),
            (
                TimeOfDay::Golden,
                &[
                    "sunset",
                    "golden hour",
                    "late afternoon",
                    "日落",
                    "夕日",
                    "atardecer",
                    "coucher du soleil",
                    "sonnenuntergang",
                ],
            ),
            (
                TimeOfDay::Day,
                &[
                    "noon",
                    "midday",
                    "daytime",
                    "morning",
                    "afternoon",
                    "daylight",
                    "sunny",
                    "正午",
                    "白天",
                    "昼",
                    "mediodía",
                    "midi",
                    "mittag",
                ],
            ),
        ],
    )
}

/// The weather a text names.
pub fn weather_in(text: &str) -> Option<Weather> {
    named(
        text,
        &[
            (
                Weather::Storm,
                &[
                    "storm",
                    "stormy",
                    "thunder",
                    "thunderstorm",
                    "lightning",
                    "hurricane",
                    "tempest",
                    "暴风雨",
                    "嵐",
                    "tormenta",
                    "orage",
                    "tempête",
                    "sturm",
                    "gewitter",
                ],
            ),
            (Weather::Rain, &["rain", "rainy", "raining", "drizzle", "downpour", "雨", "lluvia", "pluie", "regen"]),
            (
                Weather::Snow,
                &[
                    "snow", "snowy", "snowing", "blizzard", "winter", "雪", "冬", "nieve", "neige", "schnee",
                    "invierno", "hiver",
                ],
            ),
            (Weather::Fog, &["fog", "foggy", "mist", "misty", "haze", "雾", "霧", "niebla", "brouillard", "nebel"]),
            (
                Weather::Cloudy,
                &["cloudy", "overcast", "grey sky", "gray sky", "阴天", "曇り", "nublado", "nuageux", "bewölkt"],
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_times_and_weather_are_read_from_words() {
        let kinds = |text: &str| places_in(text).iter().map(|f| f.kind).collect::<Vec<_>>();
        assert_eq!(kinds("the lighthouse on the cliff")[0], PlaceKind::Coast);
        assert_eq!(kinds("Tokyo at night in the rain"), [PlaceKind::City]);
        assert_eq!(kinds("black hole explained"), [PlaceKind::Space]);
        assert_eq!(kinds("un bosque"), [PlaceKind::Forest]);
        assert_eq!(kinds("森林里的小屋")[0], PlaceKind::Forest);
        assert_eq!(time_in("Tokyo at night in the rain"), Some(TimeOfDay::Night));
        assert_eq!(weather_in("Tokyo at night in the rain"), Some(Weather::Rain));
        assert_eq!(time_in("a knight"), None);
    }
}
