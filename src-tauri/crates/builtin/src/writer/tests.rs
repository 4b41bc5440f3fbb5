//! The rules every script and storyboard keeps, over many briefs, lengths, languages and seeds.

use std::collections::BTreeSet;

use story::{Brief, Framing, Kind, Language, PlaceKind, Said, Script, Seed, SubjectOf};

use super::budget::{self, speech_ms};
use super::theme;
use super::{draw_storyboard, extract_cast, extract_places, write_script};

fn brief(theme: &str, seconds: u32, language: Language, seed: u32) -> Brief {
    let mut brief = Brief::about(theme);
    brief.duration_s = Said::said(seconds);
    brief.language = Said::said(language);
    brief.seed = Seed::new(seed);
    brief
}

fn print_film(brief: &Brief) {
    let script = write_script(brief);
    let cast = extract_cast(&script, brief);
    let places = extract_places(&script);
    println!(
        "\n##### {:?} {} s {:?} seed {:?}",
        brief.theme.chars().take(80).collect::<String>(),
        brief.duration_s.value,
        brief.language.value,
        brief.seed
    );
    println!("{} [{:?}] – {} – {:?}", script.title, script.kind, script.logline, script.ending);
    for m in &cast.members {
        println!("  cast {} = {:?} {:?} noun {} {:?}", m.name, m.aliases, m.nature, m.noun, m.features);
    }
    for scene in &script.scenes {
        let place = places.of_scene(&scene.id).unwrap();
        println!(
            "  == {} | {} {:?} {:?} {:?} {} ms who {:?} props {:?} place props {:?}",
            scene.title,
            scene.place,
            place.kind,
            scene.time,
            scene.weather,
            scene.duration_ms,
            scene.who,
            scene.props,
            place.props
        );
        println!("     ({})", scene.summary);
        for line in &scene.lines {
            println!("     > {}", line.text);
        }
        if std::env::var("BOARD").is_ok() {
            for shot in draw_storyboard(scene, &script, &cast, &places, brief).shots {
                println!(
                    "       [{:?} {:?} {:?} {} ms, {} lines] {}",
                    shot.framing,
                    shot.angle,
                    shot.camera,
                    shot.duration_ms,
                    shot.lines.len(),
                    shot.action
                );
            }
        }
    }
}

#[test]
#[ignore = "prints films to be read"]
fn read_films() {
    let only = std::env::var("THEME").unwrap_or_default();
    let seconds: u32 = std::env::var("SECONDS_").ok().and_then(|s| s.parse().ok()).unwrap_or(30);
    let seeds: u32 = std::env::var("SEEDS").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    // Themes of your own, or briefs (see `print_briefs` of the orchestrator), one a line, are told in a line each.
    if let Ok(file) = std::env::var("FILE") {
        for line in std::fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with("running")) {
            let brief = serde_json::from_str(line).unwrap_or_else(|_| brief(line, seconds, Language::En, 1));
            let script = write_script(&brief);
            let told: Vec<&str> = script.lines().map(|line| line.text.as_str()).collect();
            println!("{}\n  {:?} {}: {}\n", brief.message, script.kind, script.title, told.join(" "));
        }
        return;
    }
    for (theme, language) in THEMES {
        if theme.contains(only.as_str()) {
            for seed in 1..=seeds {
                print_film(&brief(theme, seconds, *language, seed));
            }
        }
    }
}

const THEMES: &[(&str, Language)] = &[
    ("an old lighthouse keeper who befriends a white whale", Language::En),
    ("a new espresso machine that never wakes the baby", Language::En),
    ("how to bake sourdough bread", Language::En),
    ("Tokyo at night in the rain", Language::En),
    ("a hedgehog who is afraid of the dark", Language::En),
    ("why the sky is blue", Language::En),
    ("my grandmother's garden", Language::En),
    ("a robot learns to paint", Language::En),
    ("the history of the bicycle in five scenes", Language::En),
    ("two brothers crossing the desert to find water", Language::En),
    ("black hole explained for kids", Language::En),
    ("🐋🌊", Language::En),
    ("space exploration", Language::En),
    ("un viejo farero y una ballena blanca", Language::Es),
    ("一只怕黑的刺猬", Language::Zh),
    ("un renard qui cherche un ami dans la forêt", Language::Fr),
    ("ein alter Leuchtturmwärter und ein weißer Wal", Language::De),
    ("夜の東京と雨", Language::Ja),
    ("Anna and her dog look for the end of the rainbow", Language::En),
    ("a detective who has lost her memory in a city of rain", Language::En),
    ("how bees make honey", Language::En),
    ("7 reasons to visit Lisbon", Language::En),
    ("our company opens a new office in Berlin: press release", Language::En),
    ("a dragon who dreams of flying", Language::En),
    ("a mother", Language::En),
    ("love", Language::En),
    ("a whale in the city", Language::En),
    ("three mice build a boat", Language::En),
    ("the last train home", Language::En),
    ("autumn leaves falling", Language::En),
    ("a little girl finds a map and sails to the moon", Language::En),
    ("???", Language::En),
    ("一部关于猫的电影", Language::En),
    ("a baker opens his shop before dawn, and the smell wakes the whole street", Language::En),
    ("friends", Language::En),
    ("warum der Himmel blau ist", Language::De),
    ("cómo hacer pan", Language::Es),
    ("なぜ空は青いのか", Language::Ja),
    ("A wolf. A storm. A promise kept under the oldest tree in the forest.", Language::En),
    ("the ocean", Language::En),
    ("an astronaut loses her glove in space and follows it", Language::En),
    ("photosynthesis explained", Language::En),
];

fn check(brief: &Brief) -> Result<(), String> {
    let about = format!(
        "{:?} {} s {:?} seed {:?}",
        brief.theme.chars().take(60).collect::<String>(),
        brief.duration_s.value,
        brief.language.value,
        brief.seed
    );
    let fail = |what: String| Err(format!("{about}: {what}"));
    let language = brief.language.value;
    let script = write_script(brief);
    let film_ms = brief.duration_s.value * 1000;
    if script.duration_ms() != film_ms || script.scenes.is_empty() {
        return fail(format!("{} ms instead of {film_ms}", script.duration_ms()));
    }
    if script.title.trim().is_empty() || script.logline.trim().is_empty() {
        return fail("no title".to_owned());
    }
    check_lines(&script, brief).or_else(fail)?;
    let speech: u32 = script.lines().map(|l| speech_ms(&l.text, language)).sum();
    let share = speech as f32 / film_ms as f32;
    let own = !brief.scenes.is_empty();
    let least = match brief.duration_s.value {
        _ if own => 0.0,
        // The person's own number of scenes leaves less room for words.
        ..=20 if brief.theme.contains("five scenes") => 0.2,
        0..10 => 0.1,
        10..15 => 0.2,
        // Where nothing is made up, music has the room that is left.
        _ if matches!(script.kind, Kind::Explainer | Kind::HowTo | Kind::Product | Kind::News | Kind::List) => 0.05,
        _ if script.kind == Kind::Portrait => 0.08,
        _ if script.kind == Kind::Montage => 0.03,
        15..90 if script.kind == Kind::MoodPiece => 0.15,
        // A sentence in parts is said whole, or not.
        _ if brief.story().chars().count() > 260 => 0.35,
        15..90 if theme::read(brief).has_plot() || theme::read(brief).travels => 0.2,
        15..20 => 0.47,
        _ => 0.55,
    };
    if share > 0.72 || share < least {
        return fail(format!("speech fills {share}: {:?}", script.lines().map(|l| &l.text).collect::<Vec<_>>()));
    }
    check_board(&script, brief).map_err(|what| format!("{about}: {what}"))
}

fn check_lines(script: &Script, brief: &Brief) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for line in script.lines() {
        let text = &line.text;
        let bad = text.trim() != text
            || text.is_empty()
            || text.contains("  ")
            || text.contains('{')
            || text.contains('}')
            || text.matches('"').count() % 2 == 1;
        let words = budget::spoken_words(text);
        if bad || words > 18 || brief.language.value.is_unspaced() && text.chars().count() > 40 {
            return Err(format!("line {text:?} of {words} words"));
        }
        let lower = format!(" {} ", text.to_lowercase());
        for wrong in [
            " a a",
            " a e",
            " a old ",
            " a i",
            " an new ",
            " an white ",
            " the the ",
            " a the ",
            " an the ",
            " he were ",
            " they was ",
        ] {
            if brief.language.value == Language::En
                && lower.contains(wrong)
                && !brief.theme.to_lowercase().contains(wrong.trim())
                && !lower.contains(" a one")
            {
                return Err(format!("{wrong:?} in {text:?}"));
            }
        }
        if !seen.insert(text.clone()) && brief.duration_s.value <= 180 {
            return Err(format!("{text:?} is said twice"));
        }
    }
    Ok(())
}

fn check_board(script: &Script, brief: &Brief) -> Result<(), String> {
    let cast = extract_cast(script, brief);
    let places = extract_places(script);
    let mut shots = Vec::new();
    for (at, scene) in script.scenes.iter().enumerate() {
        let board = draw_storyboard(scene, script, &cast, &places, brief);
        let total: u32 = board.shots.iter().map(|s| s.duration_ms).sum();
        if total != scene.duration_ms || board.shots.is_empty() {
            return Err(format!("scene {at}: shots of {total} ms in {} ms", scene.duration_ms));
        }
        let heard: Vec<_> = board.shots.iter().flat_map(|s| s.lines.clone()).collect();
        let said: Vec<_> = scene.lines.iter().map(|l| l.id.clone()).collect();
        if heard != said {
            return Err(format!("scene {at}: lines out of order"));
        }
        let place = places.of_scene(&scene.id).ok_or("a scene without a place")?;
        for shot in &board.shots {
            let need: u32 = shot
                .lines
                .iter()
                .filter_map(|id| scene.lines.iter().find(|l| l.id == *id))
                .map(|l| speech_ms(&l.text, brief.language.value) + 300)
                .sum();
            if need > shot.duration_ms && brief.scenes.is_empty() {
                return Err(format!("scene {at}: a shot of {} ms for speech of {need} ms", shot.duration_ms));
            }
            for subject in &shot.subjects {
                let there = match &subject.of {
                    SubjectOf::Cast(id) => cast
                        .get(id)
                        .is_some_and(|m| scene.who.iter().any(|w| cast.named(w).is_some_and(|n| n.id == m.id))),
                    SubjectOf::Prop(noun) => super::staging::things(scene, place).contains(noun),
                };
                if !there {
                    return Err(format!("scene {at}: {subject:?} is not in the scene"));
                }
            }
            if shot.framing == Framing::CloseUp && shot.subjects.is_empty() {
                return Err(format!("scene {at}: a close-up of nothing"));
            }
            if shot.action.trim().is_empty() {
                return Err(format!("scene {at}: no action"));
            }
        }
        shots.extend(board.shots);
    }
    for pair in shots.windows(2) {
        if pair[0].framing == pair[1].framing && pair[0].angle == pair[1].angle && pair[0].subjects == pair[1].subjects
        {
            return Err(format!("two shots alike: {:?} {:?}", pair[0].action, pair[1].action));
        }
    }
    if (shots.len() as u32) < brief.duration_s.value / 6 && brief.scenes.is_empty() {
        return Err(format!("{} shots in {} s", shots.len(), brief.duration_s.value));
    }
    Ok(())
}

#[test]
fn long_films_keep_the_rules_and_do_not_repeat_themselves() {
    for (theme, language) in
        [THEMES[0], THEMES[2], THEMES[3], THEMES[9], THEMES[12], THEMES[13], THEMES[14], THEMES[16]]
    {
        for seconds in [300, 600, 3600] {
            let brief = brief(theme, seconds, language, 7);
            check(&brief).unwrap();
            let script = write_script(&brief);
            let all = script.lines().count();
            let different: BTreeSet<&str> = script.lines().map(|l| l.text.as_str()).collect();
            assert_eq!(different.len(), all, "{theme}: lines are repeated in {seconds} s");
        }
    }
}

#[test]
fn listed_scenes_are_followed_in_order() {
    let mut brief = brief("an old lighthouse keeper who befriends a white whale", 30, Language::En, 1);
    brief.scenes = [
        "The keeper lights the lamp at the lighthouse.",
        "A whale surfaces in the open sea at night.",
        "They watch the sunrise on the beach.",
    ]
    .map(str::to_owned)
    .to_vec();
    let script = write_script(&brief);
    assert_eq!(script.scenes.len(), 3);
    for (scene, said) in script.scenes.iter().zip(&brief.scenes) {
        assert_eq!(&scene.summary, said);
        assert!(
            scene.lines.iter().any(|l| said.starts_with(l.text.trim_end_matches('.'))),
            "{said:?} in {:?}",
            scene.lines
        );
    }
    assert_eq!(script.scenes[0].who, ["the keeper"]);
    assert_eq!(script.scenes[1].time, story::TimeOfDay::Night);
    check(&brief).unwrap();
}

#[test]
fn a_long_text_is_told_in_its_own_words() {
    let sentence = "The fisherman rowed past the harbour and did not look back, because the light was already low. ";
    let text: String =
        (0..42).map(|i| sentence.replace("The fisherman", &format!("On day {i} the fisherman"))).collect();
    assert!(text.len() > 4000);
    for seconds in [30, 60, 600] {
        let brief = brief(&text, seconds, Language::En, 1);
        check(&brief).unwrap();
        let script = write_script(&brief);
        assert!(
            script.lines().next().unwrap().text.starts_with("On day 0 the fisherman"),
            "{:?}",
            script.lines().next()
        );
        assert_eq!(extract_cast(&script, &brief).members[0].noun, "fisherman");
    }
}

#[test]
fn the_same_seed_tells_the_same_and_another_seed_tells_otherwise() {
    let tell =
        |seed| write_script(&brief("an old lighthouse keeper who befriends a white whale", 30, Language::En, seed));
    assert_eq!(tell(4), tell(4));
    let different: BTreeSet<String> = (0..12).map(|s| tell(s).lines().map(|l| l.text.clone()).collect()).collect();
    assert!(different.len() > 8, "only {} tellings", different.len());
    for seed in 0..12 {
        let script = tell(seed);
        let cast = extract_cast(
            &script,
            &brief("an old lighthouse keeper who befriends a white whale", 30, Language::En, seed),
        );
        assert_eq!(
            cast.members.iter().map(|m| m.name.as_str()).collect::<BTreeSet<_>>(),
            BTreeSet::from(["The keeper", "The whale"]),
            "seed {seed}"
        );
        assert!(cast.members.iter().any(|m| m.features.colour == "#f4f6f8"));
    }
}

#[test]
fn an_animal_of_two_words_is_drawn_as_that_one_and_lives_where_it_does() {
    for seed in 0..6 {
        let brief = brief("a polar bear who finds a red balloon", 20, Language::En, seed);
        let script = write_script(&brief);
        let cast = extract_cast(&script, &brief);
        assert_eq!(cast.members[0].noun, "polar bear", "{:?}", cast.members[0]);
        let first = extract_places(&script).of_scene(&script.scenes[0].id).unwrap().kind;
        assert_eq!(first, PlaceKind::Snowfield, "seed {seed}");
    }
}

#[test]
fn a_tale_tells_what_its_theme_tells() {
    for (theme, told) in [
        ("A retired astronaut teaches her granddaughter how to grow tomatoes on the balcony", "tomatoes"),
        ("A noir detective searches for a stolen violin in rainy Paris", "stolen violin"),
        ("The day my cat became mayor of our town", "mayor"),
        ("Three friends build a raft to cross the lake and find an island full of turtles", "raft"),
        ("Three friends build a raft to cross the lake and find an island full of turtles", "full of turtles"),
        ("A dragon who wants to bake bread but burns everything", "but she burned everything"),
        ("a lonely robot gardener on Mars grows the first flower", "first flower"),
        ("a mailman delivers a letter that is forty years late", "was forty years late"),
        ("an elephant who cannot remember anything", "could not remember anything"),
        ("Once there was a king who never laughed", "never laughed"),
        ("A young samurai must choose between honor and love", "had to choose between honor and love"),
        ("an astronaut stranded on the moon makes friends with a small alien", "a small alien"),
        ("a wolf raised by sheep", "raised by sheep"),
    ] {
        for seed in 1..5 {
            let brief = brief(theme, 30, Language::En, seed);
            let lines: Vec<String> = write_script(&brief).lines().map(|line| line.text.clone()).collect();
            let narration = lines.join(" ").to_lowercase();
            let told = told.replace(" she ", if narration.contains("but he ") { " he " } else { " she " });
            assert!(narration.contains(&told), "{theme}, seed {seed}: {narration}");
        }
    }
}

#[test]
fn three_friends_are_three_persons_and_a_robot_is_one_whatever_its_work() {
    let brief_of = |theme: &str| brief(theme, 30, Language::En, 2);
    let cast = |theme: &str| extract_cast(&write_script(&brief_of(theme)), &brief_of(theme)).members;
    let friends = cast("Three friends build a raft to cross the lake");
    let looks: BTreeSet<String> =
        friends.iter().map(|f| format!("{:?} {}", f.features.gender, f.features.skin)).collect();
    assert!(friends.len() == 3 && looks.len() > 1, "{looks:?}");
    let robot = &cast("a lonely robot gardener on Mars grows the first flower")[0];
    assert_eq!((robot.nature, robot.noun.as_str()), (story::Nature::Robot, "robot"));
}

#[test]
fn nobody_is_cast_in_a_film_of_a_place() {
    for theme in [
        "Tokyo at night in the rain",
        "space exploration",
        "why the sky is blue",
        "a new espresso machine that never wakes the baby",
    ] {
        let brief = brief(theme, 60, Language::En, 3);
        let script = write_script(&brief);
        assert!(extract_cast(&script, &brief).members.is_empty(), "{theme}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(160))]
    #[test]
    fn any_theme_makes_a_film(theme in "\\PC{0,120}", words in "((an?|the|my|two) )?[a-z]{1,9}( (who|that|and|in|is|to|of|with|,))?( [A-Za-z'’]{1,10}){0,6}[.?!]?", seconds in 6u32..200, seed in 0u32..1000, language in 0usize..6) {
        let language = Language::ALL[language];
        // Any text at all never breaks the shape of a film.
        let wild = brief(&theme, seconds, language, seed);
        let script = write_script(&wild);
        proptest::prop_assert_eq!(script.duration_ms(), seconds * 1000);
        let board = check_board(&script, &wild);
        proptest::prop_assert!(board.is_ok(), "{:?}", board);
        super::determine_look(&wild);
        // A text of words keeps the rules of language as well.
        let tame = brief(&words, seconds, language, seed);
        let script = write_script(&tame);
        let rules = check_board(&script, &tame);
        proptest::prop_assert!(rules.is_ok(), "{:?}", rules);
        for line in script.lines() {
            proptest::prop_assert!(budget::spoken_words(&line.text) <= 18 && !line.text.contains("  "), "{:?}", line.text);
        }
    }
}

#[test]
fn every_film_keeps_the_rules() {
    let mut failures = Vec::new();
    for (theme, language) in THEMES {
        for seconds in [6, 8, 12, 15, 20, 30, 45, 60, 90, 180] {
            for seed in 1..4 {
                failures.extend(check(&brief(theme, seconds, *language, seed)).err());
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} films break a rule:\n{}",
        failures.len(),
        failures.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}
