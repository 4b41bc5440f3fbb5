//! How likely a length is the film's: what stands around it tells.

use std::sync::LazyLock;

use regex::Regex;

use super::Length;

const WORK: &str = r"(?:film|video|vídeo|vidéo|movie|clip|short|spot|ad|advert|commercial|reel|trailer|teaser|animation|explainer|documentary|promo|loop|montage|story|version|cut|intro|piece|tutorial|corto|anuncio|película|animación|court|pub|publicité|bande|kurzfilm|werbespot|werbung|anzeige|trickfilm|erklärvideo|视频|短片|影片|动画|广告|片子|片|動画|ビデオ|映画|アニメ|ショート|CM)";

struct Signs {
    before_for: Regex,
    after_for: Regex,
    before_against: Regex,
    after_against: Regex,
    decade_after: Regex,
    decade_before: Regex,
    lasts: Regex,
    team: Regex,
    corrects: Regex,
    alone_after: Regex,
}

static SIGNS: LazyLock<Option<Signs>> = LazyLock::new(|| {
    let re = |pattern: &str| Regex::new(&format!("(?i){pattern}")).ok();
    Some(Signs {
        before_for: re(&format!(
            r"(?:\b(?:length|duration|runtime|running time|total|lasting|lasts?|runs?|running|duración|dure|durée|dura|dauert|dauer|länge|laufzeit|under|max(?:imum)?|no longer than|at most|up to|exactly|within|about|around|roughly|approx\w*|ungefähr|etwa|circa|ca|environ|unos|como máximo|höchstens|maximal|moins de|menos de|weniger als|unter|between|anywhere from|keep it|make it|let it be|should be|(?:stop|end|cap|cut|finish)(?: it)? at|insgesamt|en total|au total)\b[\s.:,=]*(?:to |at |of |is |be |from |about |around |between |under |a |de |von )*|时长[:：]?\s*|总共|一共|合計|全部で|长度[:：]?\s*|約|大约|大概|不超过|尺は?|長さは?|\b{WORK}\b (?:of|de|von|with|d['’])\s*(?:about |around |unos |environ |etwa )?)$"
        ))?,
        after_for: re(&format!(
            r"^(?:[\s-]*(?:long\b|tops\b|max\b|maximum\b|or less\b|or so\b|in total\b|total\b|in length\b|runtime\b|lang\b|de long\b|de duración\b|máximo\b|左右|以内|之内|以下|程度|くらい|ぐらい|ほど|の長さ)|[\s-]*的?(?:[^\s,.;:，。；：]+[\s,-]+){{0,4}}?的?[^\s,.;:，。；：]{{0,8}}?{WORK})"
        ))?,
        before_against: re(
            r"(?:\b(?:first|last|every|each|after|at|opening|final|next|previous|for the|around the|in the first|within the first|wait(?:s|ing|ed)?(?: for)?|sleeps?(?: for)?|walk(?:s|ed)? for|for only|just|ago|since|primeros?|últimos?|cada|tras|ersten|letzten|nach|alle|jede|premières?|dernières?|après|toutes les|hook in|delay of|countdown of)\s+|前|最初の|最后|最後の|每隔|第|开头|開始)$",
        )?,
        after_against: re(
            r"^(?:[\s-]*(?:mark|in (?:the|it|to|there|his|her)\b|in[,.;]|ago|later|late|early|before|after|away|walk|drive|ride|meal|recipe|break|rule|workout|window|pause|fade|earlier|left|per day|a day|past|to midnight|marke?|spät|später|tarde|antes|después|plus tard|avant)\b|[\s-]*(?:a\.?m|p\.?m|uhr|o['’]clock)\b|后|前|目|時|点)",
        )?,
        decade_after: re(
            r"^['’]?\s*(?:-|\s)?(?:style|styled|look|aesthetic|vibe|vibes|feel|music|anime|cartoons?|sitcom|tv|television|movies?|hip|rock|pop|synth\w*|retro|fashion|nostalgi\w*|era|kids?|vhs|horror|disco|arcade|camcorder|mtv|family|school|theme|inspired|sci-?fi|action|grunge|tokyo|new york|themed|rave|game show|infomercials?|public access|hair|sound|tune|beat|track|computer|videogame|video game|home video|grain|film stock|cooking|talk|news|game|dance|workout|aerobics|diner|mall|prom|slasher|cop|detective|rom-?com|and)\b",
        )?,
        decade_before: re(r"(?:\bthe|\blate|\bearly|\bmid|\bnineteen|in the|['’]|\b(?:19|20)|from the|of the)[\s-]*$")?,
        // "bake for 40 minutes", "stopped traffic for two hours": how long something takes in what is told.
        lasts: re(
            r"\b(?:bak|cook|boil|fry|fried|roast|simmer|steam|rest|chill|knead|ris|proof|marinat|soak|stir|whisk|stop|block|clos|keep|kept|hot|cold|warm|fresh|work|play|liv|marri|sat|stood|stand|drove|serv|danc|sleep|slept|sing|sang)\w*\b[^,.;:]{0,30}?\bfor\s+(?:about |around |at least |another )?$",
        )?,
        // "our under 11s football season".
        team: re(
            r"\b(?:our|my|the|their|school|village|town|girls'?|boys'?|women'?s|men'?s)\s+(?:\w+\s+)?under[\s-]*$",
        )?,
        corrects: re(
            r"\b(?:sorry|no,? wait|wait|make (?:that|it)|actually|i mean|rather|correction|scratch that|oops|no[,:]|better|mejor|perdón|digo|no,? espera|pardon|plutôt|enfin|non,|quatsch|nein|moment|lieber|besser|ich meine|doch lieber)\b|不对|不，|应该是|改成|还是|いや|じゃなくて|やっぱり",
        )?,
        alone_after: re(
            r"^\s*(?:$|[.,;:!?)]|on\b|about\b|long\b|of\b|total\b|in total\b|for\b|film\b|video\b|sur\b|sobre\b|über\b|lang\b|max\b|tops\b|with\b|please\b|each\b)",
        )?,
    })
});

/// Likely above 0, hardly below -1.
pub(super) fn weight(text: &str, length: &Length) -> i32 {
    let Some(signs) = SIGNS.as_ref() else { return 0 };
    let said = &text[length.range.clone()];
    let before = tail(&text[..length.range.start], 40);
    let after = head(&text[length.range.end..], 60);
    let mut weight = 0;
    let wanted = signs.before_for.is_match(before);
    if wanted {
        weight += 3;
    }
    if signs.after_for.is_match(after) {
        weight += 3;
    }
    let clause_start = before.trim_end().is_empty()
        || before.trim_end().ends_with([',', '.', ';', ':', '-', '–', '—', '，', '。', '、', '(', '!', '?', '\n']);
    let clause_end = after.trim_start().is_empty()
        || after.trim_start().starts_with([',', '.', ';', '-', '–', '—', '，', '。', '、', ')', '!', '?']);
    if clause_start && clause_end {
        weight += 3;
    } else if clause_end || clause_start {
        weight += 1;
    }
    if !wanted && signs.before_against.is_match(before) {
        weight -= 5;
    }
    if signs.after_against.is_match(after) {
        weight -= 5;
    }
    if decade(said) && (signs.decade_after.is_match(after) || signs.decade_before.is_match(before)) {
        weight -= 9;
    }
    if signs.lasts.is_match(before) {
        weight -= 5;
    }
    if signs.team.is_match(before) {
        weight -= 9;
    }
    // "the girl who stole an hour": without a figure, and not alone, it is a thing of the story.
    let bare = ["an hour", "a minute", "a second", "a moment"].iter().any(|unit| said.eq_ignore_ascii_case(unit));
    if bare && weight < 3 {
        weight -= 4;
    }
    // "How to change a tyre in five minutes" says how long the work takes; seconds are more likely the film's.
    let task = text[..length.range.start].to_lowercase();
    if task.contains("how to ") && task.ends_with(" in ") && length.seconds >= 120.0 && !task.contains([',', '.', ':'])
    {
        weight -= 5;
    }
    // Hours are rarely a film's; days of work are told in them.
    if length.seconds > 3.0 * 3600.0 {
        weight -= 4;
    }
    let clock = said.contains([':', '：']);
    if clock && after.trim_start().to_lowercase().starts_with(['a', 'p']) && signs.after_against.is_match(after) {
        weight -= 9;
    }
    weight
}

/// "90s": seconds or a decade.
fn decade(said: &str) -> bool {
    let said = said.trim();
    let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
    digits.len() == 2 && digits.ends_with('0') && said[2..].eq_ignore_ascii_case("s")
}

/// True where the words between two lengths take the first one back.
pub(super) fn corrects(between: &str) -> bool {
    SIGNS.as_ref().is_some_and(|signs| signs.corrects.is_match(between))
}

/// "30 seconds - sorry, 35": a bare number after words that take the first one back, in seconds.
pub(super) fn corrected(text: &str, length: &Length) -> Option<f64> {
    static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^[^\d]{0,12}?\b(?:sorry|i mean[t]?|no|non|nein|pardon|rather|actually|make (?:that|it)|quatsch|perdón|digo|better)\b[^\d]{0,18}?(\d{1,4}(?:\.\d{1,2})?)(?:[\s,.;)]|$)").ok()
    });
    let after = &text[length.range.end..];
    let found = BARE.as_ref()?.captures(after)?.get(1)?;
    // With a unit of its own it is a length like any other.
    let own = super::found(head(&after[found.start()..], 40)).first().is_some_and(|l| l.range.start == 0);
    let said = text[length.range.clone()].to_lowercase();
    let unit = if said.contains("min") || said.contains('分') { 60.0 } else { 1.0 };
    (!own && stands_alone(after, found.end())).then(|| found.as_str().parse().ok().map(|n: f64| n * unit)).flatten()
}

/// True where a number that ends at `end` counts nothing that follows it.
pub(super) fn stands_alone(text: &str, end: usize) -> bool {
    SIGNS.as_ref().is_some_and(|signs| signs.alone_after.is_match(&text[end..]))
}

/// The last `count` bytes or a few less.
fn tail(text: &str, count: usize) -> &str {
    let mut start = text.len().saturating_sub(count);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The first `count` bytes or a few less.
fn head(text: &str, count: usize) -> &str {
    let mut end = text.len().min(count);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
