//! The voice through its public face: pure parts always, engines where this machine has them.

use std::time::{Duration, Instant};

use models::{FailureKind, VoiceSpec};
use proptest::prelude::*;
use story::{Age, Gender};
use tokio_util::sync::CancellationToken;

use super::*;

fn said(text: &str, language: Language) -> String {
    let spoken = text::normalise(text, language);
    spoken.write_out(&spoken.units)
}

#[test]
fn text_becomes_what_is_said() {
    let check = |text: &str, want: &str| assert_eq!(said(text, Language::En), want, "{text}");
    check("The keeper climbed, slowly.", "The keeper climbed, slowly.");
    check("Dr. Moss and St. Anne & Co. waited 30 s.", "doctor Moss and saint Anne and Co. waited 30 seconds.");
    check("He waited\u{2014}alone \u{2013} for 1 h", "He waited, alone, for 1 hour.");
    check("\u{201c}Who\u{2019}s there?\u{201d} she said\u{2026} \"Me!\"", "Who's there? she said, Me!");
    check("See https://www.example.com/a?b=1 now", "See example dot com now.");
    check("It cost $30.50, or 20% of \u{20ac}1,000", "It cost 30.50 dollars, or 20 percent of 1,000 euros.");
    check("well-known at 9:30, -5 \u{b0}C", "well known at 9 30, minus 5 degrees Celsius.");
    check("A whale \u{1f40b} sang \u{1f389}", "A whale sang.");
    check("wait... what", "wait, what.");
    check("(aside) on", "aside, on.");
    // A blank to fill in is seen, and not said.
    check("Step one: [what to do]. Then go on.", "Step one. Then go on.");
    check("[The answer, in one sentence].", "");
    check("\u{2026}", "");
    check("", "");
    check("שלום", "");
    let check = |language, text: &str, want: &str| assert_eq!(said(text, language), want, "{text}");
    check(Language::Fr, "M. Dupont & fils : 30 s", "monsieur Dupont et fils, 30 secondes.");
    check(Language::De, "Z.B. der „alte“ Mann", "zum Beispiel der alte Mann.");
    check(Language::Zh, "老灯塔，今天是30天。", "老灯塔, 今天是 30天.");
    check(Language::Ja, "昔々、灯台！", "昔々, 灯台!");
    check(Language::Zh, "涨了20%，v2好", "涨了百分之20, v2好.");
    check(Language::Zh, "最重要的是：[写一句话]。", "最重要的是.");
    let spoken = text::normalise("过了30天", Language::Zh);
    let spans: Vec<_> = spoken.units.iter().map(|u| (u.text.as_str(), u.first, u.last)).collect();
    assert_eq!(spans, [("过", 0, 0), ("了", 1, 1), ("30", 2, 3), ("天", 4, 4)]);
}

#[test]
fn accents_fold_for_the_english_voice() {
    assert_eq!(text::ascii("Café Brontë naïve Åse Œuvre"), "Cafe Bronte naive ase oeuvre");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn units_hold_nothing_that_an_engine_could_take_for_a_command(text in ".{0,80}", which in 0_usize..6) {
        let language = Language::ALL[which];
        let spoken = text::normalise(&text, language);
        let joined: String = text.split_whitespace().collect();
        prop_assert_eq!(spoken.words.concat(), joined);
        let mut next = 0;
        for unit in &spoken.units {
            prop_assert!(unit.first <= unit.last && unit.last < spoken.words.len() && unit.first >= next);
            next = unit.first;
            prop_assert!(unit.text.chars().all(|c| c.is_alphanumeric() || " '.,ー々".contains(c)), "{:?}", unit.text);
            prop_assert!(unit.text.starts_with(char::is_alphanumeric), "{:?}", unit.text);
        }
    }

    #[test]
    fn word_times_are_in_order_whatever_the_engine_says(
        spans in proptest::collection::vec((-1.0_f32..5.0, -1.0_f32..5.0), 0..12),
    ) {
        let spoken = text::normalise("one two \u{2014} three, four five\u{2014}six 30 s", Language::En);
        let words = word_times(&spoken, &spans, 0.3, 2_000);
        prop_assert_eq!(words.len(), spoken.words.len());
        let mut clock = 0;
        for word in words {
            prop_assert!(word.start_ms >= clock && word.end_ms >= word.start_ms && word.end_ms <= 2_000);
            clock = word.end_ms;
        }
    }
}

#[test]
fn sounds_are_read_though_the_header_promises_more() {
    let mut bytes = wav::write(&[0.5, -0.5, 0.25]);
    let (samples, rate) = wav::read(&bytes).unwrap();
    assert_eq!((samples.len(), rate), (3, 48_000));
    assert!((samples[1] + 0.5).abs() < 1e-4);
    bytes[40..44].copy_from_slice(&0x7fff_f000_u32.to_le_bytes());
    assert_eq!(wav::read(&bytes).unwrap().0, samples);
    for bad in [&bytes[..20], &bytes[..43], b"nothing".as_slice(), b""] {
        assert_eq!(wav::read(bad).unwrap_err().kind, FailureKind::Local);
    }
}

fn order(text: &str, language: Language) -> SpeechRequest {
    let voice = VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult };
    SpeechRequest { text: text.into(), language, voice, pace: 100 }
}

/// Holds everything that must be true of any reply; gives the words.
fn check_reply(request: &SpeechRequest, reply: &SpeechReply) -> Vec<WordTime> {
    let (samples, rate) = wav::read(&reply.wav).unwrap();
    assert_eq!(rate, 48_000);
    assert!((samples.len() as u64 * 1000 / 48_000).abs_diff(u64::from(reply.duration_ms)) <= 1);
    assert!(samples.iter().all(|s| s.abs() < 0.708), "peaks above -3 dBFS");
    let words: String = reply.words.iter().map(|w| w.word.as_str()).collect();
    assert_eq!(words, request.text.split_whitespace().collect::<String>());
    let mut clock = 0;
    for word in &reply.words {
        assert!(word.start_ms >= clock && word.end_ms >= word.start_ms, "{:?}", reply.words);
        clock = word.end_ms;
    }
    assert!(clock <= reply.duration_ms);
    reply.words.clone()
}

#[tokio::test]
async fn without_an_engine_it_says_so() {
    let nobody = Voice::default();
    assert_eq!(nobody.identity(Language::En), None);
    let failure = nobody.speak(order("Hello.", Language::En), Job::unwatched()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Local);
    assert!(!failure.hint.is_empty());
}

#[tokio::test]
async fn lines_are_spoken_at_a_natural_length_with_their_words_in_place() {
    let voice = Voice::discover();
    for (language, text) in [
        (
            Language::En,
            "The old lighthouse keeper climbed the stairs, slowly. It was 30 s past nine \u{2014} \u{201c}Dr. Moss\u{201d} waited.",
        ),
        (Language::Fr, "Le vieux gardien monta l\u{2019}escalier, lentement. Il \u{e9}tait neuf heures."),
        (Language::De, "Der alte W\u{e4}rter stieg langsam die Treppe hinauf. Es war neun Uhr."),
        (Language::Es, "El viejo farero subi\u{f3} la escalera, despacio. Eran las nueve."),
        (Language::Zh, "老灯塔看守人慢慢地爬上楼梯。已经九点了。"),
    ] {
        if voice.identity(language).is_none() {
            continue;
        }
        let request = order(text, language);
        let reply = voice.speak(request.clone(), Job::unwatched()).await.unwrap();
        let words = check_reply(&request, &reply);
        let rate = text.chars().count() as f32 / (reply.duration_ms as f32 / 1000.0);
        let natural = if language == Language::Zh { 2.5..7.0 } else { 9.0..22.0 };
        assert!(natural.contains(&rate), "{language:?}: {rate} characters a second");
        let said: Vec<_> = words.iter().filter(|w| w.word.chars().any(char::is_alphanumeric)).collect();
        assert!(said.iter().all(|w| w.end_ms - w.start_ms >= 20), "{words:?}");
        assert!(said[0].start_ms <= 80 && reply.duration_ms - said[said.len() - 1].end_ms <= 200, "{words:?}");
        let spoken: u32 = said.iter().map(|w| w.end_ms - w.start_ms).sum();
        assert!(spoken * 100 > reply.duration_ms * 60, "{spoken} of {}", reply.duration_ms);
        assert_eq!(voice.speak(request, Job::unwatched()).await.unwrap(), reply, "{language:?} is not the same twice");
    }
}

#[tokio::test]
async fn hostile_text_is_spoken_as_data_and_empty_text_is_a_short_silence() {
    let voice = Voice::discover();
    for language in [Language::En, Language::Fr] {
        let Some(engine) = voice.identity(language) else { continue };
        // flite needs a good second for a minute of speech, so it is not given seven.
        let long = "A wave came in. ".repeat(if engine.model == "flite" { 60 } else { 312 });
        for text in [
            "--help -o /tmp/x \"quoted\" 'single' $(touch /tmp/y) `id` ; | && <break time=\"9s\"/> &amp; \\n %s",
            "- x",
            "עברית and 🎉 more \u{202e}text\u{202c}",
            "\u{0}bell\u{7}",
            &long,
            "",
            "…",
            "🎉",
            "\n\t ",
        ] {
            let request = order(text, language);
            let reply = voice.speak(request.clone(), Job::unwatched()).await.unwrap();
            check_reply(&request, &reply);
            if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
                assert_eq!(reply.duration_ms, SILENCE_MS, "{text:?}");
            }
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn cancelling_kills_the_child_at_once() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (slow, pid) = (folder.path().join("slow"), folder.path().join("pid"));
    std::fs::write(
        &slow,
        format!("#!/bin/sh\necho $$ > '{0}.new'; mv '{0}.new' '{0}'\nexec sleep 60\n", pid.display()),
    )
    .unwrap();
    std::fs::set_permissions(&slow, std::fs::Permissions::from_mode(0o755)).unwrap();
    let voice = Voice {
        engines: vec![Engine {
            name: EngineName::Flite,
            path: slow,
            languages: vec![Language::En],
            version: "x".into(),
            voices: vec!["slt".into()],
        }],
    };
    let cancel = CancellationToken::new();
    let job = Job::new(cancel.clone(), |_| {});
    let started = Instant::now();
    let talk = tokio::spawn(async move { voice.speak(order("Hello there.", Language::En), job).await });
    while !pid.exists() {
        assert!(started.elapsed() < Duration::from_secs(20));
        tokio::task::yield_now().await;
    }
    let stopped = Instant::now();
    cancel.cancel();
    assert_eq!(talk.await.unwrap().unwrap_err().kind, FailureKind::Cancelled);
    assert!(stopped.elapsed() < Duration::from_secs(2));
    let child = std::fs::read_to_string(&pid).unwrap();
    // Gone, or waiting to be reaped: the signal is sent, and the system takes a moment to carry it out.
    let lives = || {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
        state.contains("(sleep)") && !state.contains(") Z ")
    };
    while lives() {
        assert!(stopped.elapsed() < Duration::from_secs(20), "it was not killed");
        tokio::task::yield_now().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_broken_engine_is_named_with_its_reason() {
    let engine = Engine {
        name: EngineName::Espeak,
        path: "/bin/false".into(),
        languages: vec![Language::En],
        version: "x".into(),
        voices: Vec::new(),
    };
    let voice = Voice { engines: vec![engine] };
    assert_eq!(voice.engines()[0].note, "x");
    let failure = voice.speak(order("Hello there.", Language::En), Job::unwatched()).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Local);
    assert!(failure.message.contains("false"), "{failure}");
}

/// Writes lines to listen to and to look at: `WORKPRINT_LISTEN=folder cargo test -- --ignored listen`.
#[tokio::test]
#[ignore = "writes files for the ear"]
async fn listen() {
    let Ok(folder) = std::env::var("WORKPRINT_LISTEN") else { return };
    let voice = Voice::discover();
    for (name, language, gender, text) in [
        (
            "slt",
            Language::En,
            Gender::Female,
            "The old lighthouse keeper climbed the stairs, slowly. It was 30 s past nine.",
        ),
        (
            "rms",
            Language::En,
            Gender::Male,
            "The old lighthouse keeper climbed the stairs, slowly. It was 30 s past nine.",
        ),
        ("fr", Language::Fr, Gender::Female, "Le vieux gardien monta, lentement. Il était neuf heures."),
    ] {
        let mut request = order(text, language);
        request.voice.gender = gender;
        let started = Instant::now();
        let reply = voice.speak(request, Job::unwatched()).await.unwrap();
        println!(
            "{name} {} ms in {:?}: {:?}",
            reply.duration_ms,
            started.elapsed(),
            reply.words.iter().map(|w| (&w.word, w.start_ms, w.end_ms)).collect::<Vec<_>>()
        );
        std::fs::write(format!("{folder}/{name}.wav"), reply.wav).unwrap();
    }
}
