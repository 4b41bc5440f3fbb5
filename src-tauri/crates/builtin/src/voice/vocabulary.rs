//! What signs, measures and short forms are called when they are read aloud, by language.
//!
//! Only what an engine reads badly is here; numbers themselves are left to the engine.

use story::Language;

type Pairs = &'static [(&'static str, &'static str)];

/// Short forms that do not end a sentence, in lower case with their full stop.
const EN_SHORT: Pairs = &[
    ("dr.", "doctor"),
    ("mr.", "mister"),
    ("mrs.", "missus"),
    ("ms.", "miz"),
    ("prof.", "professor"),
    ("jr.", "junior"),
    ("sr.", "senior"),
    ("vs.", "versus"),
    ("capt.", "captain"),
    ("lt.", "lieutenant"),
    ("gen.", "general"),
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("approx.", "approximately"),
    ("etc.", "et cetera"),
];
const DE_SHORT: Pairs = &[
    ("z.b.", "zum Beispiel"),
    ("usw.", "und so weiter"),
    ("bzw.", "beziehungsweise"),
    ("dr.", "Doktor"),
    ("d.h.", "das heißt"),
    ("ca.", "circa"),
    ("nr.", "Nummer"),
    ("hr.", "Herr"),
    ("fr.", "Frau"),
];
const FR_SHORT: Pairs = &[
    ("m.", "monsieur"),
    ("mme", "madame"),
    ("mlle", "mademoiselle"),
    ("dr", "docteur"),
    ("dr.", "docteur"),
    ("etc.", "et cetera"),
    ("p.ex.", "par exemple"),
    ("st", "saint"),
    ("ste", "sainte"),
];
const ES_SHORT: Pairs = &[
    ("sr.", "señor"),
    ("sra.", "señora"),
    ("srta.", "señorita"),
    ("dr.", "doctor"),
    ("dra.", "doctora"),
    ("ud.", "usted"),
    ("uds.", "ustedes"),
    ("etc.", "etcétera"),
    ("p.ej.", "por ejemplo"),
];

/// The full words of a short form, `None` when it is an ordinary word.
pub(super) fn short_form(token: &str, language: Language) -> Option<&'static str> {
    let pairs: Pairs = match language {
        Language::En => EN_SHORT,
        Language::De => DE_SHORT,
        Language::Fr => FR_SHORT,
        Language::Es => ES_SHORT,
        Language::Zh | Language::Ja => &[],
    };
    let token = token.to_lowercase();
    pairs.iter().find(|(short, _)| *short == token).map(|(_, full)| *full)
}

/// What a measure is called after a number: English, Spanish, French, German.
const MEASURES: &[(&str, [&str; 4])] = &[
    ("s", ["seconds", "segundos", "secondes", "Sekunden"]),
    ("sec", ["seconds", "segundos", "secondes", "Sekunden"]),
    ("min", ["minutes", "minutos", "minutes", "Minuten"]),
    ("h", ["hours", "horas", "heures", "Stunden"]),
    ("m", ["meters", "metros", "mètres", "Meter"]),
    ("km", ["kilometers", "kilómetros", "kilomètres", "Kilometer"]),
    ("cm", ["centimeters", "centímetros", "centimètres", "Zentimeter"]),
    ("mm", ["millimeters", "milímetros", "millimètres", "Millimeter"]),
    ("kg", ["kilograms", "kilos", "kilos", "Kilo"]),
    ("g", ["grams", "gramos", "grammes", "Gramm"]),
    ("km/h", ["kilometers per hour", "kilómetros por hora", "kilomètres heure", "Stundenkilometer"]),
    ("°", ["degrees", "grados", "degrés", "Grad"]),
    ("°C", ["degrees Celsius", "grados centígrados", "degrés Celsius", "Grad Celsius"]),
    ("°F", ["degrees Fahrenheit", "grados Fahrenheit", "degrés Fahrenheit", "Grad Fahrenheit"]),
];

/// The words of a measure, `None` when it is none.
pub(super) fn measure(token: &str, language: Language) -> Option<&'static str> {
    let column = column(language)?;
    MEASURES.iter().find(|(short, _)| *short == token).map(|(_, names)| names[column])
}

/// What a sign is called: English, Spanish, French, German, Chinese, Japanese.
const SIGNS: &[(char, [&str; 6])] = &[
    ('&', ["and", "y", "et", "und", "和", "と"]),
    ('@', ["at", "arroba", "arobase", "at", "在", "アット"]),
    ('+', ["plus", "más", "plus", "plus", "加", "プラス"]),
    ('=', ["equals", "igual a", "égale", "gleich", "等于", "は"]),
    ('%', ["percent", "por ciento", "pour cent", "Prozent", "百分之", "パーセント"]),
    ('#', ["number", "número", "numéro", "Nummer", "号", "番"]),
    ('$', ["dollars", "dólares", "dollars", "Dollar", "美元", "ドル"]),
    ('€', ["euros", "euros", "euros", "Euro", "欧元", "ユーロ"]),
    ('£', ["pounds", "libras", "livres", "Pfund", "英镑", "ポンド"]),
    ('¥', ["yen", "yenes", "yens", "Yen", "元", "円"]),
    ('.', ["dot", "punto", "point", "Punkt", "点", "ドット"]),
    ('-', ["minus", "menos", "moins", "minus", "负", "マイナス"]),
];

/// The word for a sign, `None` when it is not read aloud.
pub(super) fn sign(c: char, language: Language) -> Option<&'static str> {
    let column = match language {
        Language::Zh => 4,
        Language::Ja => 5,
        _ => column(language)?,
    };
    SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, names)| names[column])
}

fn column(language: Language) -> Option<usize> {
    match language {
        Language::En => Some(0),
        Language::Es => Some(1),
        Language::Fr => Some(2),
        Language::De => Some(3),
        Language::Zh | Language::Ja => None,
    }
}
