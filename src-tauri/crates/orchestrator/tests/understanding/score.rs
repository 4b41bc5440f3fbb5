//! How far a reading agrees with a labelled line: field by field, with the other wordings that the line accepts.

use serde_json::Value;

/// Right, wrong and missing entries.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) right: u32,
    pub(crate) wrong: u32,
    pub(crate) missing: u32,
}

impl Tally {
    pub(crate) fn f1(&self) -> f64 {
        let (right, wrong, missing) = (f64::from(self.right), f64::from(self.wrong), f64::from(self.missing));
        if self.right == 0 { 0.0 } else { 200.0 * right / (2.0 * right + wrong + missing) }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missing += other.missing;
    }
}

/// The fields of a request for a film.
pub(crate) const FIELDS: [&str; 10] = [
    "theme",
    "style",
    "characters",
    "scenes",
    "duration",
    "mood",
    "special_requirements",
    "aspect_ratio",
    "language",
    "scene_count",
];

/// Small letters without accents; words parted by single spaces.
fn plain(text: &str) -> String {
    let bare: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'î' | 'ï' => 'i',
            'ó' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            c if c.is_alphanumeric() || matches!(c, ':' | '.') => c,
            _ => ' ',
        })
        .collect();
    bare.split_whitespace().map(|w| w.trim_matches(['.', ':'])).collect::<Vec<_>>().join(" ")
}

/// True when the one text is in the other, from the start of a word where words are parted by spaces.
fn holds(text: &str, piece: &str) -> bool {
    let (text, piece) = (plain(text), plain(piece));
    if piece.is_empty() {
        return false;
    }
    if piece.chars().any(|c| c >= '\u{3040}') {
        return text.replace(' ', "").contains(&piece.replace(' ', ""));
    }
    text.match_indices(&piece).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// One field of a request for a film.
pub(crate) fn field(name: &str, line: &Value, read: &Value) -> Tally {
    let (want, said, also) = (&line["parameters"][name], &read[name], &line["match"][name]);
    let optional = &line["match"]["optional"][name];
    if want.is_array() {
        return list(line, name, said);
    }
    let one = |right: bool| Tally { right: u32::from(right), wrong: u32::from(!right), missing: u32::from(!right) };
    match (want.is_null(), said.is_null()) {
        (true, true) => Tally::default(),
        (true, false) => {
            let fine = optional == "*" || alike(name, said, also) || name == "language" && *said == line["lang"];
            Tally { wrong: u32::from(!fine), ..Tally::default() }
        }
        (false, true) => {
            let fine = also.as_array().is_some_and(|a| a.contains(&Value::Null));
            Tally { missing: u32::from(!fine), ..Tally::default() }
        }
        (false, false) if name == "theme" => {
            let said = said.as_str().unwrap_or_default();
            let groups = texts(&line["match"]["theme_keywords"]);
            let whole =
                said.chars().count() > 70.max(line["text"].as_str().unwrap_or_default().chars().count() * 4 / 5);
            one(!whole && groups.iter().all(|g| g.split('/').any(|k| holds(said, k))))
        }
        (false, false) if name == "duration" => {
            let range = also.as_array().and_then(|r| Some((number(r.first()?)?, number(r.get(1)?)?)));
            let wanted = number(want).unwrap_or_default();
            let (least, most) = range.unwrap_or((wanted - 1.0, wanted + 1.0));
            one(number(said).is_some_and(|s| (least..=most).contains(&s)))
        }
        (false, false) => one(said == want || alike(name, said, want) || alike(name, said, also)),
    }
}

/// A look or a feeling is right when either wording holds the other; anything else when it is the same.
fn alike(name: &str, said: &Value, accepted: &Value) -> bool {
    let all = accepted.as_array().cloned().unwrap_or_else(|| vec![accepted.clone()]);
    if matches!(name, "style" | "mood") {
        let said = said.as_str().unwrap_or_default();
        return all.iter().flat_map(texts).any(|a| holds(said, &a) || holds(&a, said));
    }
    all.contains(said)
}

fn list(line: &Value, name: &str, said: &Value) -> Tally {
    let entries = texts(said);
    let groups: Vec<Vec<String>> = match line["match"][name].as_array() {
        Some(groups) => groups.iter().map(texts).collect(),
        None => texts(&line["parameters"][name]).into_iter().map(|w| vec![w]).collect(),
    };
    let hit = |entry: &String, group: &Vec<String>| group.iter().any(|w| holds(entry, w));
    let right = groups.iter().filter(|g| entries.iter().any(|e| hit(e, g))).count() as u32;
    let free = line["match"]["optional"][name] == "*";
    let wrong = entries.iter().filter(|e| !free && !groups.iter().any(|g| hit(e, g))).count() as u32;
    Tally { right, wrong, missing: groups.len() as u32 - right }
}

/// The accepted words for a detail.
fn accepted(line: &Value, part: &str, name: &str) -> Vec<String> {
    texts(&line[part][name]).into_iter().chain(texts(&line["match"][name])).collect()
}

/// True when a change is wholly right.
pub(crate) fn change_is_right(line: &Value, read: &Value) -> bool {
    let word = |name: &str| {
        let said = texts(&read[name]).join(" ").replace('_', " ");
        accepted(line, "modification", name).iter().any(|w| holds(&said, &w.replace('_', " ")))
    };
    let numbers = |name: &str| {
        let want = &line["modification"][name];
        read[name] == *want || !line["match"][format!("any_{name}")].is_null() && want.is_null()
    };
    let everything = texts(&Value::from(read.as_object().map(|o| o.values().cloned().collect::<Vec<_>>()))).join(" ; ");
    let holds_value = |name: &str| {
        let wanted = accepted(line, "modification", name);
        line["modification"][name].is_null() || wanted.iter().any(|w| plain(&everything).contains(&plain(w)))
    };
    word("target")
        && word("operation")
        && numbers("scene")
        && numbers("shot")
        && ["character", "value"].into_iter().all(holds_value)
}

/// True when an export is wholly right.
pub(crate) fn export_is_right(line: &Value, read: &Value) -> bool {
    ["format", "resolution", "what", "destination"].into_iter().all(|name| {
        let wanted = accepted(line, "export", name);
        let said = texts(&read[name]).join(" ");
        match (line["export"][name].is_null(), said.is_empty()) {
            (true, true) => true,
            (false, true) => wanted.iter().any(|w| w == "video"),
            (true, false) => ["mp4", "1080p", "video"].contains(&said.as_str()) || name == "destination",
            (false, false) => wanted.iter().any(|w| holds(&said, w) || holds(w, &said)),
        }
    })
}
