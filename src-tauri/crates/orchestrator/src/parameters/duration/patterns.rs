//! The patterns that lengths are written in.

use std::sync::LazyLock;

use regex::Regex;

use crate::parameters::numbers::NUMBER;

const SECOND: &str = r"(?:(?:seconds?|secs?|s|segundos?|segs?|secondes?|sekunden\w*|sekunde|sek|sekündig\w*|sekünder\w*)\b|(?:''|”|″)|秒(?:钟|鐘|間)?)";
const MINUTE: &str =
    r"(?:(?:minutes?|mins?|minuter|mn|minutos?|minuten\w*|minute|minütig\w*|minüter\w*)\b|分(?:钟|鐘|間))";
const HOUR: &str = r"(?:(?:hours?|hrs?|h|horas?|heures?|stunden?|stündig\w*)\b|小时|小時|時間)";
const PART: &str = r"(?:scenes?|shots?|parts?|clips?|chapters?|segments?|beats?|episodes?|panels?|blocks?|songs?|ads?|steps?|folgen|kapitel|blöcke|episodios?|capítulos?|bloques?|épisodes?|chapitres?|blocs?|escenas?|tomas?|partes?|scènes?|plans?|parties|szenen?|teile|einstellungen|个?场景|个?镜头|个?片段|段|幕|シーン|カット|パート)";

/// The ways a length can be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// "four scenes of ten seconds".
    Product,
    /// "ten seconds each".
    Each,
    /// "two minutes and a quarter".
    AndAQuarter,
    /// "1:30".
    Clock,
    /// "1 minute 20 seconds", "3 minutes 20".
    TwoUnits,
    /// "30 seconds to a minute".
    TwoScales,
    /// "20-30 seconds".
    Range,
    /// "two minutes and a half".
    AndAHalf,
    /// A phrase of its own, in seconds.
    Fixed(f64),
    /// "30 seconds".
    Plain,
}

pub(super) struct Patterns {
    /// Matches wherever any other can.
    pub(super) any: Regex,
    /// Longer readings first.
    pub(super) list: Vec<(Kind, Regex)>,
}

/// Phrases that have a length without a number, in seconds.
const FIXED: &[(f64, &str)] = &[
    (
        30.0,
        r"(?:^|[\s,(]):30\b|\bhalf[ -]a[ -]minute|\bhalf[- ]minute|\bmedio minuto|\b(?:une )?demi[- ]minute|\b(?:eine )?halbe minute|半分钟|半分鐘|半分間",
    ),
    (
        45.0,
        r"\b(?:three|3)[ -]quarters of a minute|\b(?:tres|3) cuartos de minuto|\b(?:trois|3) quarts de minute|\b(?:eine )?dreiviertel(?:[ -]?minute|ste minute)",
    ),
    (
        15.0,
        r"(?:^|[\s,(]):15\b|\b(?:a )?quarter (?:of a )?minute|\bun cuarto de minuto|\bun quart de minute|\bviertelminute",
    ),
    (
        90.0,
        r"\b(?:a|one) minute and (?:a )?half|\bminute and a half|\b(?:un )?minuto y medio|\b(?:une )?minute et demie|\bminute[- ]et[- ]demie",
    ),
    (
        75.0,
        r"\b(?:a |1 )?minute and a quarter|\b(?:un )?minuto y cuarto|\b(?:une )?minute et quart|\bein(?:und)?einviertel minuten",
    ),
    (5400.0, r"\b(?:an|one) hour and a half|\b(?:una )?hora y media|\b(?:une )?heure et demie"),
    (
        1800.0,
        r"\bhalf an hour|\bhalf[- ]hour|\bmedia hora|\b(?:une )?demi[- ]heure|\b(?:eine )?halbe stunde|\bhalbstündig\w*|半小时|半小時|半个小时|半時間",
    ),
    (
        900.0,
        r"\b(?:a )?quarter of an hour|\bquarter[- ]hour|\bun cuarto de hora|\b(?:un )?quart d['’]heure|\b(?:eine )?viertelstunde|1刻钟",
    ),
    (
        120.0,
        r"\b(?:a )?couple (?:of )?min(?:ute)?s|\b(?:un )?par de minutos|\b(?:ein )?paar minuten|\bdeux petites minutes",
    ),
    (
        180.0,
        r"\b(?:a )?few min(?:ute)?s|\bseveral minutes|\bquelques minutes|\bunos (?:pocos )?minutos|\beinige minuten|几分钟|數分鐘|数分(?:間|钟)?",
    ),
    (
        8.0,
        r"\b(?:a )?(?:few|couple (?:of )?) ?sec(?:ond)?s|\bseveral seconds|\bquelques secondes|\bunos (?:pocos )?segundos|\b(?:ein )?paar sekunden|几秒(?:钟)?|数秒",
    ),
    (60.0, r"\b(?:a |one )?minute[- ]long|\bone[- ]minuter|\beinminütig\w*"),
    (120.0, r"\bzweiminütig\w*|\btwo[- ]minuter"),
    (180.0, r"\bdreiminütig\w*|\bthree[- ]minuter"),
    (300.0, r"\bfünfminütig\w*|\bfive[- ]minuter"),
    (600.0, r"\bzehnminütig\w*|\bten[- ]minuter"),
    (3600.0, r"\bhour[- ]long|\beinstündig\w*"),
];

pub(super) static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let n = NUMBER;
    let re = |pattern: String| Regex::new(&format!("(?i){pattern}")).ok();
    let mut list = vec![
        (
            Kind::Product,
            re(format!(
                r"({n})[\s-]*(?:[^\s,.;:\d]+\s+){{0,2}}?{PART}\s*(?:of|at|x|×|,|with|de|à|von|zu je|zu|je|from|lasting|about|around|each|[,，]?每个?|[,，]?各|[,，]?每段|[,，]?每幕|で?各|の|が|\s)*\s*({n})[\s-]*({SECOND}|{MINUTE})(?:\s*(?:each|apiece|per scene|per shot|cada una|cada uno|chacune|chacun|jeweils|ずつ))?"
            ))?,
        ),
        (
            Kind::Each,
            re(format!(
                r"({n})[\s-]*({SECOND}|{MINUTE})\s*(?:long\s+)?(?:each|apiece|per (?:scene|shot|part|clip|chapter)|a piece|cada una|cada uno|por escena|chacune|chacun|par scène|pro szene|jeweils|ずつ)"
            ))?,
        ),
        (
            Kind::Each,
            re(format!(
                r"(?:\b(?:each|per|jede[rs]?|je|cada|chaque|every)\b|每1?(?:个|個)?|各)\s*(?:{PART}|one|una?|集|话|話|部)?\s*(?:is |of |lasts |dura |dure |:)?\s*({n})[\s-]*({SECOND}|{MINUTE}|分)"
            ))?,
        ),
        (Kind::AndAQuarter, re(format!(r"({n})[\s-]*({MINUTE}|{HOUR})\s*(?:and a quarter|y cuarto|et quart)"))?),
        (Kind::Clock, re(r"\b(\d{1,2})[:：]([0-5]\d)(?:[:：]([0-5]\d))?\b".to_owned())?),
        (
            Kind::TwoUnits,
            re(format!(
                r"({n}|\b(?:an?|un[ae]?|eine?[nr]?)\b)[\s-]*({MINUTE}|{HOUR}|m\b|分)[\s.-]*(?:and|y|et|und|,)?\s*({n})(?:[\s-]*({SECOND}|{MINUTE}))?"
            ))?,
        ),
        (Kind::TwoUnits, re(r"\b(\d{1,2})(m|h|min|'|′)\s?(\d{2})(s|sec|m|min|''|″)?".to_owned())?),
        (
            Kind::TwoScales,
            re(format!(
                r"({n})[\s-]*({SECOND}|{MINUTE})\s*(?:-|–|—|~|to|or|and|a|o|y|à|ou|et|bis|oder|und|到|至|から|〜|～)\s*({n}|\ban?\b|\bun[ae]?\b|\beiner?\b)[\s-]*({MINUTE}|{HOUR}|{SECOND})"
            ))?,
        ),
        (
            Kind::Range,
            re(format!(
                r"({n})\s*(?:-|–|—|~|to|or|and|a|o|y|à|ou|et|bis|oder|und|到|至|から|〜|～)\s*({n})[\s-]*({SECOND}|{MINUTE}|{HOUR}|m\b)"
            ))?,
        ),
        (Kind::AndAHalf, re(format!(r"({n})\s*(?:and a half|&? ?½|\+ ?½)[\s-]*({MINUTE}|{HOUR})"))?),
        (
            Kind::AndAHalf,
            re(format!(r"({n})[\s-]*({MINUTE}|{HOUR}|分|个?小时)\s*(?:and a half|y medi[oa]|et demie?|半)"))?,
        ),
    ];
    for (seconds, pattern) in FIXED {
        list.push((Kind::Fixed(*seconds), re(format!("(?:{pattern})"))?));
    }
    list.push((Kind::Plain, re(format!(r"({n}|\b(?:an?|un[ae]?|eine?[nr]?)\b)[\s-]*({SECOND}|{MINUTE}|{HOUR})"))?));
    list.push((Kind::Plain, re(r"(\d{1,2})\s?(m\b)".to_owned())?));
    list.push((Kind::Plain, re(r#"\b(\d{1,3})(")(?:[\s,.;]|$)"#.to_owned())?));
    // A bare 分 before another Chinese character is part of a word (十分, 三分之一).
    list.push((Kind::Plain, re(r"(\d{1,2})\s?(分)(?:[^\p{Han}]|$|以|程|前|半|弱|強)".to_owned())?));
    Some(Patterns {
        any: re(r#"\d\s*m\b|\d{1,2}[:：][0-5]\d|sec|seg|sek|min|hour|hrs|stund|stünd|hora|heure|\ds\b|\d+ ?(?:h|s)\b|\bs\b|\d['′"]|''|”|″|′|秒|分|小时|小時|時間|刻钟"#.to_owned())?,
        list,
    })
});

/// The units and what they are worth.
pub(super) struct Units {
    minute: Option<Regex>,
    hour: Option<Regex>,
}

pub(super) static UNIT: LazyLock<Units> = LazyLock::new(|| Units {
    minute: Regex::new(&format!("^(?i)(?:{MINUTE}|m|min|'|′|分)$")).ok(),
    hour: Regex::new(&format!("^(?i)(?:{HOUR}|个?小时)$")).ok(),
});

impl Units {
    /// Seconds of one.
    pub(super) fn seconds(&self, unit: &str) -> f64 {
        let is = |re: &Option<Regex>| re.as_ref().is_some_and(|re| re.is_match(unit));
        if is(&self.hour) {
            3600.0
        } else if is(&self.minute) {
            60.0
        } else {
            1.0
        }
    }
}
