//! The details of a look: at what, and which scene.

use super::places::places;
use super::{Numbers, ReviewDetails, TARGETS};
use crate::understanding::Context;
use crate::wording::{Words, fold};

/// Words that tell what is looked at better than the things they mention: target, words (folded).
const ASKED: [(&str, &[&str]); 5] = [
    (
        "duration",
        &[
            "how long",
            "length",
            "runtime",
            "running time",
            "duration",
            "how many seconds",
            "how many minutes",
            "cuanto dura",
            "combien de temps",
            "wie lang",
            "duree",
            "dauer",
            "duracion",
            "多长",
            "时长",
            "多少秒",
            "几分钟",
            "何分",
            "何秒",
            "長さ",
            "尺は",
        ],
    ),
    (
        "status",
        &[
            "status",
            "progress",
            "how far",
            "finished",
            "is it done",
            "ready yet",
            "still rendering",
            "where are we",
            "estimated",
            "eta",
            "how much is left",
            "como va",
            "esta listo",
            "ou en est",
            "est pret",
            "wie weit",
            "fertig",
            "进度",
            "完成了",
            "好了吗",
            "做到哪",
            "進捗",
            "できた",
            "終わっ",
            "状況",
        ],
    ),
    ("storyboard", &["storyboard", "分镜", "絵コンテ"]),
    (
        "plan",
        &[
            "the plan",
            "plan so far",
            "el plan",
            "le plan du projet",
            "der plan",
            "den plan",
            "计划",
            "方案",
            "プラン",
            "計画",
        ],
    ),
    (
        "quality",
        &[
            "quality",
            "any mistakes",
            "any errors",
            "good enough",
            "too slow",
            "too long",
            "calidad",
            "qualite",
            "qualitat",
            "质量",
            "品質",
            "クオリティ",
        ],
    ),
];

/// Reads a look.
pub(in crate::understanding) fn review(text: &str, context: &Context) -> ReviewDetails {
    let places = places(text, context);
    let folded = fold(text);
    let asked = ASKED.iter().find(|(_, words)| words.iter().any(|w| folded.contains(w))).map(|(target, _)| *target);
    let words = Words::of(text);
    let hits = TARGETS.find(&words.list);
    let thing = hits
        .iter()
        .find(|h| !matches!(h.class, "scene" | "shot" | "video" | "language"))
        .or_else(|| hits.iter().find(|h| matches!(h.class, "scene" | "shot")))
        .map(|h| h.class);
    let named = super::super::cues::characters(context).iter().any(|c| folded.contains(&fold(c)));
    let looks =
        ["look like", "looks like", "sieht", "aussieht", "ressemble", "como es ", "长什么样", "什么样子", "見た目"];
    let seen = looks.iter().any(|w| folded.contains(w)) && (named || hits.iter().any(|h| h.class == "character"));
    let asked = asked.or_else(|| seen.then_some("character"));
    let target = asked.or(thing).or_else(|| named.then_some("character")).unwrap_or("video");
    ReviewDetails { target: Some(target.to_owned()), scene: Numbers::of(places.scenes) }
}
