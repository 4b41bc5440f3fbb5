//! The theme: what the film is about, freed of the request around it and of length, style and format.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use story::clean_text;

use super::reading::{Part, Reading, Role, work_has};
use crate::wording::Words;

/// The longest theme that is read out of a message, in characters.
const LONGEST: usize = 160;
/// The most that is kept of what a message tells, in characters.
const LONGEST_TOLD: usize = 4000;

const WORK: &str = r"(?:film|video|movie|clip|short|story|animation|cartoon|reel|ad|advert|advertisement|commercial|trailer|teaser|documentary|explainer|tutorial|montage|promo|series|episode|spot|piece|something|one|shot|scene|loop|vid|psa|short film|music video|tale|tour|lesson|vlog|show|pilot|feature|sequence|footage|intro|bumper|tiktok|tik tok|compilation|slideshow|skit|mini[- ]?(?:film|series|doc)|doc|mockumentary|opening|walkthrough|infomercial|recap|animatic|sketch)s?";

static LEADS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let table = [
        // Politeness and greetings.
        r"^\s*(?:(?:hi|hello|hey|please|pls|ok|okay|so|now|well|good (?:morning|evening)|hola|bonjour|salut|hallo|bitte|por favor|你好|您好|请|こんにちは)(?: there| team| everyone)?[\s,!，、]+)+".to_owned(),
        // "I'd like you to make me a film about", "how hard would it be to…".
        format!(
            r"^\s*(?:(?:can|could|would|will)\s+(?:you|we|i)\s+(?:please\s+|maybe\s+|possibly\s+)?(?:have\s+)?|(?:i|we)(?:'d|’d|\s+would)?\s+(?:really\s+)?(?:like|love|want|need|have to have)\s+(?:you\s+)?(?:to\s+(?:make|create|see|have|get|do|produce|generate)\s+)?|(?:i'm|i am|we're|we are)\s+(?:looking for|after|making)\s+|i\s+wanna\s+(?:make\s+)?|i\s+gotta\s+have\s+|let'?s\s+|help\s+(?:me|us)\s+(?:to\s+)?|how hard would it be to\s+|is it possible to\s+|would it be possible to\s+|any chance of\s+|how about\s+|what about\s+)?(?:please\s+)?(?:make|create|generate|produce|build|do|film|shoot|render|draw|animate|design|craft|tell|write|show|give|gimme|get|put together|cut|turn|develop|compose|prepare)?\s*(?:me|us|him|her|them)?\s*(?:up\s+)?(?P<before>(?:[^,.;!?\n:]*?\b)?{WORK})\b\s*(?:\([^)]*\)\s*)?,?\s*(?:(?:that (?:is|tells|shows|explains|teaches)|which (?:shows|tells|explains)|all about|about|on|of|showing|where|in\s+which|for|featuring|starring|explaining|called|titled|telling|introducing|presenting|promoting|advertising|with|to (?:explain|show|promote|teach|introduce|advertise|celebrate)|:|-|—)\s*)(?:the\s+story\s+of\s+)?"
        ),
        // "create a …", with no word for the film.
        r"^\s*(?:(?:can|could|would)\s+you\s+(?:please\s+)?|(?:i|we)(?:'d| would)? (?:like|want|need|love)(?: you)?(?: to)? |let'?s |please )?(?:make|create|generate|produce|animate|film|shoot|visuali[sz]e|render|illustrate|depict|show|tell|explain|teach|turn|see|have)\s+(?:me\s+|us\s+|him\s+|her\s+)?(?:how\s+about\s+)?".to_owned(),
        // Spanish.
        r"^\s*(?:(?:¿?(?:puedes|podrías|me puedes|podríais)\s+)?(?:hazme|hacerme|hacer|haz|haznos|crea|créame|crear|genera|generar|produce|monta|prepara|graba|diseña|dame|quiero|queremos|quisiera|necesito|necesitamos|me gustaría|busco)\s+(?:que\s+\S+\s+)?(?:hacer\s+|crear\s+|tener\s+)?)?(?:una?|el|la|otro|otra)?\s*(?:[^\s,.;:]+\s+){0,2}?(?:vídeo|video|videoclip|película|peli|corto|cortometraje|clip|animación|anuncio|spot|tráiler|trailer|documental|reportaje|tutorial|serie|reel|promo|pieza|cuento|historia|invitación en vídeo)s?\b[^,.;:]*?(?:sobre|acerca de|que (?:cuente|muestre|explique|trate de)|donde|en (?:el|la) que|para|con|de|:)\s+".to_owned(),
        // French.
        r"^\s*(?:(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux)\s+)?(?:(?:me|nous)\s+)?(?:fais(?:-moi|-nous)?|faire|faites(?:-moi|-nous)?|crée(?:-moi|z)?|créer|génère|générer|réalise[rz]?|produis|prépare|monte|je (?:veux|voudrais|souhaite|cherche)|j'aimerais|on (?:veut|voudrait)|il (?:me|nous) faut|nous voulons)?\s*(?:faire\s+|créer\s+|avoir\s+)?(?:une?|le|la|un petit|une petite)?\s*(?:[^\s,.;:]+\s+){0,2}?(?:vidéo|video|film|court[- ]métrage|court|clip|animation|dessin animé|pub|publicité|spot|bande[- ]annonce|teaser|documentaire|reportage|tuto|tutoriel|série|promo|histoire|conte)s?\b[^,.;:]*?(?:sur|à propos d[eu]|qui (?:montre|raconte|explique)|où|dans (?:lequel|laquelle)|pour|avec|de|du|d['’]|:)\s*".to_owned(),
        // German.
        r"^\s*(?:(?:kannst du|könntest du|könnt ihr|können sie|würdest du)\s+(?:mir|uns)?\s*)?(?:(?:bitte\s+)?(?:mach|mache|macht|erstelle?|erzeuge|generiere|produziere|dreh|drehe|zeig|bau|ich (?:möchte|hätte gern|will|brauche|wünsche mir|suche)|wir (?:brauchen|möchten|wollen|hätten gern))\s+)?(?:bitte\s+)?(?:mir|uns)?\s*(?:bitte\s+)?(?:ein(?:en|e|em)?|den|das)?\s*(?:[^\s,.;:]+\s+){0,5}?(?:[^\s,.;:]*(?:video|film|clip|animation|werbung|spot|trailer|teaser|doku|dokumentation|reportage|tutorial|serie|geschichte|märchen))s?\b[^,.;:]*?(?:über|von|zu(?:m|r)?|in (?:dem|der)|wo|für|mit|:)\s+".to_owned(),
        // Chinese.
        r"^\s*(?:请|麻烦|帮我们?|给我们?|替我|我想要?|我要|我需要|我们想|我们需要|能不能|可以|可不可以|来|想要?)*(?:帮我|给我)?(?:做|制作|生成|创作|拍摄?|来|弄|整|剪辑?|出|创建|设计|策划|讲讲|讲一?个|介绍|解释)(?:一下)?(?:出)?(?:[一两三四五六七八九十\d]?(?:个|部|段|条|支|集|则))?(?:关于|有关|讲述?|介绍|展示|描述|以|给|为|的)?".to_owned(),
        // What is left at the start.
        r"^\s*(?:(?:about|on|of|for|showing|called|titled|topic|theme|subject|title|idea|sobre|acerca de|tema|sur|sujet|über|thema)\b:?|:|-|(?:一[个部段条支则])?关于|有关|主题(?:是|为|：|:)?|内容(?:是|为|：|:)?|产品[:：]|讲述?的?是?|介绍|解释)\s*".to_owned(),
    ];
    table.iter().filter_map(|p| Regex::new(&format!("(?i){p}")).ok()).collect()
});
static TAILS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:的)?(?:故事)?(?:的)?(?:短视频|小视频|视频|短片|影片|微电影|电影|动画片?|片子|宣传片|mv)(?:吧|呢|了)?\s*$|(?:について|に関する|を描いた|を描く|を紹介する|を説明する|を題材にした|がテーマの|の話)?(?:の|を)?(?:短い)?(?:動画|ビデオ|映画|アニメ(?:ーション)?|ショート(?:動画|フィルム)?|ムービー|ドキュメンタリー|映像|短編)?(?:(?:を|が)[^、。]{0,8}?)?(?:作って(?:ください|下さい|ほしい|欲しい|くれ|もらえますか)?|作成して(?:ください)?|作りたい(?:です)?|作れますか|生成して(?:ください)?|お願い(?:します)?|見たい|ほしい|欲しい)[。！]?\s*$|(?:について|に関する)?の?(?:動画|ビデオ|映画|アニメ|ショート動画|ムービー|映像|短編映画|短編|ショートフィルム|ドキュメンタリー|予告編|CM)\s*$|\s+(?:please|pls|thanks|thank you|lol|por favor|s'il (?:te|vous) plaît|svp|bitte)\s*$|\s+(?:video|film|clip|vid)\s*$",
    )
    .ok()
});

/// What the film is about; `None` when the message names no subject. `taken` is what other fields have used.
pub(super) fn theme(reading: &Reading<'_>, taken: &[Range<usize>], subjects: &[Subject]) -> Option<String> {
    let limit = LONGEST.min((reading.text.chars().count() * 3 / 4).max(66));
    let mut parts: Vec<String> = Vec::new();
    let mut length = 0;
    for Subject { bare, .. } in subjects {
        let count = bare.chars().count();
        if !parts.is_empty() && length + count > limit {
            break;
        }
        length += count + 2;
        parts.push(bare.clone());
    }
    if parts.is_empty() {
        parts.extend(fallback(reading, taken));
    }
    let joined = clean_text(&parts.join(", "), 4000);
    // The first clause is never cut for brevity: half a sentence is no subject.
    let cut = if joined.chars().count() > LONGEST { cut_at_word(&joined, LONGEST) } else { joined };
    if cut.is_empty() {
        // A message of pictures alone is about what they show.
        let pictures: String = if reading.words.list.is_empty() {
            reading.text.chars().filter(|c| !c.is_ascii() && !c.is_whitespace()).take(80).collect()
        } else {
            String::new()
        };
        return (!pictures.trim().is_empty()).then_some(pictures);
    }
    Some(cut)
}

/// All that a message tells of what happens, whole: the theme, and the clauses for which a short phrase has no room.
pub(super) fn told(reading: &Reading<'_>, subjects: &[Subject]) -> String {
    let mut told = String::new();
    let mut sign = None;
    for Subject { bare, end } in subjects {
        match sign {
            None if told.is_empty() => {}
            Some(sign @ ('.' | '!' | '?' | ':' | ';' | '。' | '！' | '？' | '，' | '、' | '：')) => {
                told.push(sign);
            }
            Some('-' | '–' | '—') => told.push_str(" –"),
            _ => told.push(','),
        }
        if !told.is_empty() && reading.text.contains(' ') {
            told.push(' ');
        }
        told.push_str(bare);
        sign = *end;
    }
    if let Some(last) = sign.filter(|c| matches!(c, '?' | '!')) {
        told.push(last);
    }
    clean_text(&told, LONGEST_TOLD)
}

/// A clause that tells what happens.
pub(super) struct Subject {
    /// Without the request before it, and without what other fields have used.
    bare: String,
    /// The sign that it ends with.
    end: Option<char>,
}

/// The clauses that tell what happens. `taken` is what other fields have used; the scenes of a list are told of only where
/// nothing else is.
pub(super) fn subjects(reading: &Reading<'_>, taken: &[Range<usize>], scenes: &[String]) -> Vec<Subject> {
    let is_scene = |part: &&Part<'_>| scenes.iter().any(|s| part.clause.text.contains(s.as_str()));
    let told = |part: &&Part<'_>| part.role == Role::What;
    let lead = reading.parts.iter().filter(told).any(|p| !is_scene(&p) && says_something(reading, p, taken));
    let parts = reading.parts.iter().filter(told).filter(|p| !(lead && is_scene(p)));
    parts
        .map(|part| Subject { bare: subject(&without(reading, part, taken)), end: part.clause.end })
        .filter(|Subject { bare, .. }| !(bare.is_empty() || only_filler(bare) || only_talk(bare)))
        .collect()
}

fn says_something(reading: &Reading<'_>, part: &Part<'_>, taken: &[Range<usize>]) -> bool {
    let bare = subject(&without(reading, part, taken));
    !bare.is_empty() && !only_filler(&bare) && !only_talk(&bare)
}

fn cut_at_word(text: &str, limit: usize) -> String {
    let cut: String = text.chars().take(limit).collect();
    match cut.rfind([' ', '，', '、']) {
        Some(at) if at > limit / 2 => cut[..at].trim_end_matches([',', ' ']).to_owned(),
        _ => cut,
    }
}

/// The clause without what other fields have used.
fn without(reading: &Reading<'_>, part: &Part<'_>, taken: &[Range<usize>]) -> String {
    let whole = part.clause.range.clone();
    let mut text = String::new();
    let mut at = whole.start;
    let mut inside: Vec<&Range<usize>> = taken.iter().filter(|r| r.start < whole.end && whole.start < r.end).collect();
    inside.sort_by_key(|r| r.start);
    for range in inside {
        if range.start > at {
            let kept = &reading.text[at..range.start];
            text.push_str(kept.trim_end_matches(['-', '的']));
            text.push(' ');
        }
        at = at.max(range.end);
    }
    if at < whole.end {
        text.push_str(&reading.text[at..whole.end]);
    }
    static LOOSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:in|for|to|with|as)\s{2,}|\s*\b(?:in|to|with|as|at|of|in an?|in the|with an?|for|and|about|around|under|max|im|en|de|von|mit|dans un|in einem|à)\s+(?:-?\s*(?:style|look|aesthetic|format|long|stil|estilo|animation)\b|$|,)|\b(?:long|in length|tops|or so|in total|langen?|de long|de duración)\b|\s+-?(?:style|look|aesthetic|vibes?)\b|风格的?|画风的?|质感的?|左右的?|以内的?|风の").ok()
    });
    let text = LOOSE.as_ref().map_or(text.clone(), |re| re.replace_all(&text, " ").into_owned());
    clean_text(&text, 2000)
}

/// The subject in a clause: without the request before it.
fn subject(clause: &str) -> String {
    let mut rest = clause.trim().to_owned();
    for about in [" about ", " sobre ", " sur ", " über "] {
        if let Some((before, after)) = rest.split_once(about)
            && says_only_how(before)
        {
            rest = after.to_owned();
        }
    }
    for (i, lead) in LEADS.iter().enumerate() {
        if let Some(found) = lead.find(&rest).filter(|f| f.start() == 0) {
            let left = rest[found.end()..].trim();
            if !left.is_empty() || i > 0 {
                rest = left.to_owned();
            }
        }
    }
    let tail = TAILS.as_ref().and_then(|re| re.find(&rest));
    if let Some(found) = tail.filter(|f| f.start() > 0) {
        rest.truncate(found.start());
    }
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",;:-–—、，。.!?！？\"".contains(c));
    let rest = rest.trim_start_matches('の').trim_start_matches("的").trim_end_matches("的");
    clean_text(rest, 2000)
}

/// True for words before "about" that ask for the film and say how it shall be.
fn says_only_how(words: &str) -> bool {
    let list = Words::of(words).list;
    list.len() <= 6
        && list.iter().all(|w| {
            ["work", "fill", "look", "feel"].iter().any(|class| work_has(class, &w.norm))
                || super::mood::is_mood(&w.norm)
        })
}

/// A short clause that only says how, where nothing else is left: "anime cats, 20 seconds".
fn fallback(reading: &Reading<'_>, taken: &[Range<usize>]) -> Option<String> {
    reading.parts.iter().find_map(|part| {
        let known_subject = reading.beings.iter().chain(&reading.special).any(|h| part.words.contains(&h.words.start))
            || part.unknown > 0;
        let bare = subject(&without(reading, part, taken));
        (known_subject && !bare.is_empty() && !only_filler(&bare)).then_some(bare)
    })
}

/// True for words that say nothing of a subject.
pub(super) fn only_filler(text: &str) -> bool {
    let words = Words::of(text).list;
    if words.is_empty() {
        return true;
    }
    let hits = super::reading::work_hits(&words);
    (0..words.len()).all(|i| {
        hits.iter().any(|h| h.words.contains(&i))
            || work_has("fill", &words[i].norm)
            || words[i].norm.chars().all(|c| c.is_ascii_digit())
    })
}

/// True for a clause of talk around the request.
fn only_talk(text: &str) -> bool {
    static TALK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:thanks?(?: you)?(?: so much| in advance)?|cheers|please|i(?:'d| would)? (?:like|want|love|need)|if (?:it's|that's|you|it is|possible)\b.*|that's all.*|could you (?:do|make|put) (?:that|this|it).*|just kidding|what do you think|is that (?:possible|ok).*|i (?:hope|guess|think|mean)\b.{0,30}|let me know.*|surprise me|you (?:decide|choose).*|whatever you.*|make it (?:good|nice|great|fun|short|long|snappy)|sorry.*|no|yes|ok(?:ay)?|gracias|merci|danke(?: schön)?|谢谢|ありがとう.*|お願いします|keep it .{0,24}|it should (?:be|feel) .{0,30}|make it \S+|start|go|please start|please do it|here(?:'s| is) .{0,40} i (?:love|like)|(?:that|this|it)(?: one)?(?:'s| is) (?:done|finished|ready|fine)|(?:now )?an? (?:entirely |completely )?new (?:film|project|video|subject|topic)|new (?:film|project|video|subject|topic)|at least|at most|maybe|same style as before.*|(?:as|like) before.*|it doesn't matter.*|no idea.*|hey team|quick one|announce it|.{0,14}no,? wait|(?:hmm|sorry|oops|quatsch|nein|non|pardon|perdón)\b.{0,12}|esto ya está|(?:ahora )?(?:un )?(?:proyecto|vídeo|video) nuevo|celui-là est fini|nouveau projet|das ist fertig|neues Projekt|(?:the )?(?:main character|protagonist|hero|heroine) is .*|(?:la|el) protagonista es .*|die hauptfigur ist .*|主角是.*|主人公は.*|不|不对|新开一个|这个.{0,4}先到这)$").ok()
    });
    TALK.as_ref().is_some_and(|re| re.is_match(text.trim()))
}

#[cfg(test)]
mod tests {
    use crate::parameters::extract;

    #[test]
    fn the_subject_stands_free_of_the_request() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(extract(text, crate::language_of(text)).theme.as_deref(), want, "{text}");
        };
        check(
            "Make a 30-second watercolor film about an old lighthouse keeper. Gentle.",
            Some("an old lighthouse keeper"),
        );
        check("Create a 2-minute video about space exploration", Some("space exploration"));
        check("a hedgehog who is afraid of the dark", Some("a hedgehog who is afraid of the dark"));
        check("a 24-second how-to video about how to bake sourdough bread", Some("how to bake sourdough bread"));
        check("make a wonderful video", None);
        check("Make me a video", None);
        check("I want to create a video", None);
        check("🐋🌊", Some("🐋🌊"));
        check(
            "Hazme un corto sobre una abuela que aprende a surfear, divertido",
            Some("una abuela que aprende a surfear"),
        );
        check(
            "a man riding a cat in cartoon style, square format for instagram, half a minute",
            Some("a man riding a cat"),
        );
        check("做一个关于外婆厨房的30秒短片", Some("外婆厨房"));
        check("Mach einen kurzen Film über einen alten Leuchtturm", Some("einen alten Leuchtturm"));
    }
}
