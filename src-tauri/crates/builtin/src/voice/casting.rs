//! Who speaks how: the same speaker always sounds the same, two speakers sound different.

use models::VoiceSpec;
use story::{Age, Gender, Language};

use super::engine::{Engine, EngineName};

/// A voice of an engine, turned a little.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timbre {
    /// What the engine calls the voice.
    pub(super) voice: String,
    /// How much higher than the engine's own voice (1 is the same). Done by playing faster, which moves the size of
    /// the speaker along with the pitch.
    pub(super) pitch: f32,
    /// How much longer than the engine's own pace (1 is the same), as it shall be heard.
    pub(super) stretch: f32,
}

impl Timbre {
    /// How much longer the engine must speak, so that the line is right after the pitch was turned.
    pub(super) fn engine_stretch(&self) -> f32 {
        (self.stretch * self.pitch).clamp(0.4, 3.0)
    }
}

/// Chooses the voice of a speaker. `pace` is in percent of natural.
pub(super) fn cast(engine: &Engine, language: Language, spec: &VoiceSpec, pace: u32) -> Timbre {
    let narrator = spec.speaker.is_empty();
    let hash = blake3::hash(spec.speaker.as_bytes());
    let [choice, high, slow, ..] = *hash.as_bytes();
    let gender = match spec.gender {
        Gender::Neutral if narrator => Gender::Female,
        Gender::Neutral => {
            if choice & 64 == 0 {
                Gender::Female
            } else {
                Gender::Male
            }
        }
        known => known,
    };
    // Children are not among the voices: a woman's voice, played higher, comes nearest.
    let gender = if spec.age == Age::Child { Gender::Female } else { gender };
    let choice = if narrator { 0 } else { usize::from(choice & 63) };
    let voice = match engine.name {
        EngineName::Flite => flite(engine, gender, choice),
        EngineName::Espeak => espeak(language, gender, choice),
        EngineName::Say | EngineName::Sapi => listed(engine, language, gender, choice),
    };
    let (age_pitch, age_stretch) = match spec.age {
        Age::Child => (1.2, 1.0),
        Age::Young => (1.05, 0.98),
        Age::Adult => (1.0, 1.0),
        Age::Old => (0.95, 1.09),
    };
    let spread = |byte: u8, reach: f32| if narrator { 1.0 } else { 1.0 + (f32::from(byte) / 127.5 - 1.0) * reach };
    // A narrator takes a little more time than the engines do by themselves.
    let natural = if narrator { 1.07 } else { 1.02 };
    Timbre {
        voice,
        pitch: age_pitch * spread(high, 0.06),
        stretch: natural * age_stretch * spread(slow, 0.04) * 100.0 / pace.clamp(40, 250) as f32,
    }
}

fn flite(engine: &Engine, gender: Gender, choice: usize) -> String {
    let wanted: &[&str] = if gender == Gender::Male { &["rms", "awb", "kal16", "kal"] } else { &["slt"] };
    let mut have: Vec<&str> = wanted.iter().copied().filter(|w| engine.voices.iter().any(|v| v == w)).collect();
    // The diphone voices are rough; they speak only where there is no better one.
    if have.iter().any(|v| !v.starts_with("kal")) {
        have.retain(|v| !v.starts_with("kal"));
    }
    let voice =
        if have.is_empty() { engine.voices.first().map(String::as_str) } else { Some(have[choice % have.len()]) };
    voice.unwrap_or("slt").to_owned()
}

/// The language of an espeak-ng voice; a variant after `+` gives the person.
fn espeak(language: Language, gender: Gender, choice: usize) -> String {
    let code = match language {
        Language::En => "en-us",
        // The plain Mandarin voice reads its own pinyin with English rules.
        Language::Zh => "cmn-latn-pinyin",
        other => other.code(),
    };
    let variants = if gender == Gender::Male { ["m3", "m1", "m7"] } else { ["f2", "f3", "f5"] };
    format!("{code}+{}", variants[choice % variants.len()])
}

/// A voice of a system engine: of the right gender when that is known.
fn listed(engine: &Engine, language: Language, gender: Gender, choice: usize) -> String {
    let letter = if gender == Gender::Male { "m" } else { "f" };
    let of = |fits: &dyn Fn(&str) -> bool| -> Vec<String> {
        engine
            .voices
            .iter()
            .filter_map(|v| {
                let mut parts = v.splitn(3, ':');
                let (code, kind, name) = (parts.next()?, parts.next()?, parts.next()?);
                (code == language.code() && fits(kind)).then(|| name.to_owned())
            })
            .collect()
    };
    let mut names = of(&|kind| kind == letter);
    if names.is_empty() {
        names = of(&|_| true);
    }
    if names.is_empty() { String::new() } else { names.swap_remove(choice % names.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(speaker: &str, gender: Gender, age: Age) -> VoiceSpec {
        VoiceSpec { speaker: speaker.into(), gender, age }
    }

    fn engine(name: EngineName, voices: &[&str]) -> Engine {
        Engine {
            name,
            path: "x".into(),
            languages: vec![Language::En],
            version: "1".into(),
            voices: voices.iter().map(|v| (*v).to_owned()).collect(),
        }
    }

    #[test]
    fn narrators_have_the_plain_voice_of_their_gender() {
        let flite = engine(EngineName::Flite, &["kal", "awb", "kal16", "rms", "slt"]);
        let check = |gender, want: &str| {
            let timbre = cast(&flite, Language::En, &spec("", gender, Age::Adult), 100);
            assert_eq!((timbre.voice.as_str(), timbre.pitch), (want, 1.0));
        };
        check(Gender::Female, "slt");
        check(Gender::Male, "rms");
        check(Gender::Neutral, "slt");
        let bare = engine(EngineName::Flite, &["kal"]);
        assert_eq!(cast(&bare, Language::En, &spec("", Gender::Female, Age::Adult), 100).voice, "kal");
    }

    #[test]
    fn speakers_differ_and_stay_themselves() {
        let flite = engine(EngineName::Flite, &["awb", "rms", "slt"]);
        let of = |who: &str, age| cast(&flite, Language::En, &spec(who, Gender::Male, age), 100);
        assert_eq!(of("anna", Age::Adult), of("anna", Age::Adult));
        let all: Vec<Timbre> = ["a", "b", "c", "d", "e", "f"].iter().map(|w| of(w, Age::Adult)).collect();
        for (i, one) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|other| other != one), "{one:?} twice");
        }
        assert!(of("a", Age::Child).pitch > of("a", Age::Adult).pitch * 1.1);
        assert!(of("a", Age::Old).stretch > of("a", Age::Adult).stretch);
        let fast = cast(&flite, Language::En, &spec("a", Gender::Male, Age::Adult), 200);
        assert!((fast.stretch * 2.0 - of("a", Age::Adult).stretch).abs() < 1e-5);
    }

    #[test]
    fn every_engine_gives_a_voice_of_the_language() {
        let espeak = engine(EngineName::Espeak, &[]);
        assert_eq!(cast(&espeak, Language::Fr, &spec("", Gender::Male, Age::Adult), 100).voice, "fr+m3");
        assert_eq!(cast(&espeak, Language::Zh, &spec("", Gender::Female, Age::Adult), 100).voice, "cmn-latn-pinyin+f2");
        let sapi = engine(EngineName::Sapi, &["en:m:Microsoft David", "en:f:Microsoft Zira", "de:f:Microsoft Hedda"]);
        let check = |language, gender, want: &str| {
            assert_eq!(cast(&sapi, language, &spec("", gender, Age::Adult), 100).voice, want);
        };
        check(Language::En, Gender::Male, "Microsoft David");
        check(Language::En, Gender::Female, "Microsoft Zira");
        check(Language::De, Gender::Male, "Microsoft Hedda");
    }
}
