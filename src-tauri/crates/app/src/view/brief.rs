//! The brief as chips, and the plan.

use engine::Plan;
use orchestrator::{Edition, Episode, PlanRecord, cast_of};
use story::{Aspect, Brief, Language, Mood, Sound, Style};

use super::micros;
use crate::wire::{BriefView, CallsView, Chip, ChipChoice, ChipField, EpisodeView, PlanStepView, PlanView};

fn choice(value: &str, label: &str) -> ChipChoice {
    ChipChoice { value: value.to_owned(), label: label.to_owned() }
}

/// A stored word as it is shown ("paper_cut" → "paper cut").
fn shown(word: &str) -> String {
    word.replace('_', " ")
}

/// A length as it is shown: "45 s", "2 min", "1 min 30 s".
pub(crate) fn length(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, s) => format!("{s} s"),
        (m, 0) => format!("{m} min"),
        (m, s) => format!("{m} min {s} s"),
    }
}

fn language(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Zh => "中文",
        Language::Es => "Español",
        Language::Fr => "Français",
        Language::De => "Deutsch",
        Language::Ja => "日本語",
    }
}

/// The chips of a brief.
pub(crate) fn brief_view(brief: &Brief, version: u32) -> BriefView {
    let chip = |field, value: String, label: String, assumed, choices, free| Chip {
        field,
        value,
        label,
        assumed,
        choices,
        free,
    };
    let styles: Vec<_> = Style::ALL.iter().map(|s| choice(s.as_str(), &shown(s.as_str()))).collect();
    let moods: Vec<_> = Mood::ALL.iter().map(|m| choice(m.as_str(), m.as_str())).collect();
    let lengths = [15, 30, 60, 120, 180, 300].map(|s| choice(&s.to_string(), &length(s))).to_vec();
    let ratios: Vec<_> = Aspect::ALL.iter().map(|a| choice(a.as_str(), a.as_str())).collect();
    let languages: Vec<_> = Language::ALL.iter().map(|l| choice(l.code(), language(*l))).collect();
    let sounds = vec![choice("narration", "narration"), choice("no_voice", "no voice")];
    let on_off = vec![choice("on", "on"), choice("off", "off")];

    let mut chips = vec![chip(ChipField::Theme, brief.theme.clone(), brief.theme.clone(), false, Vec::new(), true)];
    chips.push(match &brief.style {
        Some(style) => {
            let word = style.value.as_str();
            let label = if brief.style_words.is_empty() { shown(word) } else { brief.style_words.clone() };
            chip(ChipField::Style, word.to_owned(), label, !style.is_said(), styles, true)
        }
        None if !brief.style_words.is_empty() => {
            chip(ChipField::Style, brief.style_words.clone(), brief.style_words.clone(), false, styles, true)
        }
        None => chip(ChipField::Style, String::new(), "to fit the story".to_owned(), true, styles, true),
    });
    let mood =
        if brief.mood_words.is_empty() { brief.mood.value.as_str().to_owned() } else { brief.mood_words.clone() };
    chips.push(chip(ChipField::Mood, brief.mood.value.as_str().to_owned(), mood, !brief.mood.is_said(), moods, true));
    let seconds = brief.duration_s.value;
    chips.push(chip(
        ChipField::Length,
        seconds.to_string(),
        length(seconds),
        !brief.duration_s.is_said(),
        lengths,
        true,
    ));
    let aspect = brief.aspect.value.as_str().to_owned();
    chips.push(chip(ChipField::Ratio, aspect.clone(), aspect, !brief.aspect.is_said(), ratios, false));
    let cast = cast_of(brief).join(", ");
    if !cast.is_empty() {
        chips.push(chip(ChipField::Cast, cast.clone(), cast, false, Vec::new(), true));
    }
    let spoken = brief.language.value;
    chips.push(chip(
        ChipField::Language,
        spoken.code().to_owned(),
        language(spoken).to_owned(),
        !brief.language.is_said(),
        languages,
        false,
    ));
    let (sound, heard) = match brief.sound.value {
        Sound::Narration => ("narration", "narration"),
        Sound::NoVoice => ("no_voice", "no voice"),
    };
    chips.push(chip(ChipField::Sound, sound.to_owned(), heard.to_owned(), !brief.sound.is_said(), sounds, false));
    let captions = if brief.captions.value { "on" } else { "off" };
    chips.push(chip(
        ChipField::Captions,
        captions.to_owned(),
        captions.to_owned(),
        !brief.captions.is_said(),
        on_off,
        false,
    ));
    if !brief.special.is_empty() {
        chips.push(chip(
            ChipField::Special,
            brief.special.join("; "),
            brief.special.join("; "),
            false,
            Vec::new(),
            true,
        ));
    }
    BriefView { chips, version: version.max(1), episodes: Vec::new() }
}

/// The plan of a project.
pub(crate) fn plan_view(plan: &PlanRecord) -> PlanView {
    PlanView {
        steps: steps(&plan.plan),
        complexity: plan.complexity.as_str().to_owned(),
        why: if plan.obstacle.is_empty() { plan.why.clone() } else { plan.obstacle.clone() },
        price_micros: micros(plan.text.1 + plan.media.1),
        text_least_micros: micros(plan.text.0),
        text_most_micros: micros(plan.text.1),
        media_least_micros: micros(plan.media.0),
        media_most_micros: micros(plan.media.1),
        cap_micros: plan.cap.map(micros),
        cached: plan.cached,
        review: plan.review,
        seconds_least: plan.seconds.0,
        seconds_most: plan.seconds.1,
        can_start: plan.obstacle.is_empty(),
    }
}

/// A plan whose promises a run made into facts: the rest is as it was planned. Money is quoted in two steps, so text
/// stays apart from the rest.
pub(crate) fn narrowed(plan: &PlanRecord, now: &Plan, side_by_side: u32) -> PlanView {
    let (least, most) = now.expected_ms(side_by_side);
    let plan = PlanRecord {
        plan: now.clone(),
        text: now.price_of(|kind| kind == "chat"),
        media: now.price_of(|kind| kind != "chat"),
        seconds: (least.div_ceil(1000), most.div_ceil(1000)),
        ..plan.clone()
    };
    plan_view(&plan)
}

fn steps(plan: &Plan) -> Vec<PlanStepView> {
    let calls = |calls: &engine::PlannedCalls| CallsView {
        provider: calls.provider.to_string(),
        model: calls.model.clone(),
        kind: calls.kind.clone(),
        least: calls.least,
        most: calls.most,
    };
    let step = |step: &engine::PlanStep| PlanStepView {
        agent: step.agent.to_string(),
        least: step.least,
        most: step.most,
        after: step.after.iter().map(ToString::to_string).collect(),
        group: step.group,
        calls: step.calls.iter().map(calls).collect(),
    };
    plan.steps.iter().map(step).collect()
}

/// The brief of what is decided.
pub(crate) fn of_edition(edition: &Edition) -> BriefView {
    let series = edition.series.as_ref();
    let episode = |(at, episode): (usize, &Episode)| EpisodeView {
        title: episode.title.clone(),
        seconds: episode.seconds,
        mood: episode.mood.map(|mood| mood.as_str().to_owned()).unwrap_or_default(),
        chosen: series.is_some_and(|series| series.chosen == at),
    };
    let episodes = series.into_iter().flat_map(|series| series.episodes.iter().enumerate()).map(episode).collect();
    BriefView { episodes, ..brief_view(&edition.brief, edition.version) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_assumed_is_marked() {
        let view = brief_view(&Brief::about("a whale"), 0);
        let chip = |field| view.chips.iter().find(|c| c.field == field).unwrap();
        assert!(!chip(ChipField::Theme).assumed && chip(ChipField::Length).assumed && chip(ChipField::Style).assumed);
        assert_eq!(chip(ChipField::Length).label, "30 s");
        assert_eq!(view.version, 1);
        assert_eq!([length(45), length(120), length(90)], ["45 s", "2 min", "1 min 30 s"]);
    }
}
