//! The journey through the real window: from a sentence to a film that plays, and everything that must survive on the
//! way. Films are small here; they are otherwise the same.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is a failure")]

mod driver;
mod guide;
mod models;
mod updates;

use std::time::Duration;

use driver::{Place, Window, click_the_cross, no_window};

const IDEA: &str = "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. \
                    Gentle, a little melancholy. Narration only.";
/// For what the window does by itself.
const SOON: Duration = Duration::from_secs(30);
/// For a film, on a machine that has other things to do.
const FILM: Duration = Duration::from_secs(400);

/// True when the journey has to be left out; says so.
#[expect(clippy::print_stderr, reason = "who runs the tests should see what was not tested")]
fn left_out() -> bool {
    let why = no_window();
    if let Some(why) = &why {
        eprintln!("NOT TESTED: the journey through the window, because {why}");
    }
    why.is_some()
}

/// Says the idea in a new project, and waits for what was understood.
async fn say_the_idea(window: &Window) {
    window.find("new-project", SOON).await.click().await.unwrap();
    // The home screen has a box to write in as well.
    window.find("live-indicator", SOON).await;
    window.find("composer-input", SOON).await.send_keys(IDEA).await.unwrap();
    window.find("composer-send", SOON).await.click().await.unwrap();
    window.find("brief-card", SOON).await;
}

/// Checks a chip: what it shows, and whether it was assumed.
async fn check_chip(window: &Window, field: &str, shows: &str, assumed: bool) {
    let chip = window.find(&format!("chip-{field}"), SOON).await;
    let text = chip.text().await.unwrap().to_lowercase();
    assert!(text.contains(shows), "{field} shows {text:?}, not {shows:?}");
    let mark = chip.attr("data-assumed").await.unwrap();
    assert_eq!(mark.as_deref(), Some(if assumed { "true" } else { "false" }), "{field}: {text}");
}

/// The window heard everything in order, and shows that it is up to date.
async fn check_stream(window: &Window) {
    let counters = window.run("return window.__workprint").await;
    assert_eq!((&counters["gaps"], &counters["outOfOrder"]), (&0.into(), &0.into()), "{counters}");
    assert!(counters["events"].as_u64().unwrap() > 0 && counters["lastSeq"].as_u64().unwrap() > 0, "{counters}");
    let link = window.find("live-indicator", SOON).await.attr("data-link").await.unwrap();
    assert_eq!(link.as_deref(), Some("live"));
}

/// Plays the film that is shown, of this height; gives when its time has moved on by itself.
async fn check_it_plays(window: &Window, height: u32) {
    window.find("play-film", SOON).await.click().await.unwrap();
    window.find("film-video", SOON).await;
    let script = "const done = arguments[0];
        const video = document.querySelector('[data-testid=\"film-video\"]');
        const look = () => {
          if (video.error) done({ error: video.error.code });
          else if (video.currentTime > 0.5)
            done({ time: video.currentTime, length: video.duration, height: video.videoHeight });
          else return;
          video.removeEventListener('timeupdate', look);
        };
        video.addEventListener('timeupdate', look);
        video.addEventListener('error', look);
        video.play().catch(() => undefined);
        look();";
    let seen = window.until(script, SOON).await;
    assert!(seen["time"].as_f64().is_some_and(|t| t > 0.5), "the film does not play: {seen}");
    assert!((seen["length"].as_f64().unwrap() - 30.0).abs() <= 1.5, "30 seconds were asked for: {seen}");
    assert_eq!(seen["height"], height, "{seen}");
}

#[tokio::test]
async fn from_a_sentence_to_a_film() {
    if left_out() {
        return;
    }
    let place = Place::new();
    let window = Window::open(&place).await;
    say_the_idea(&window).await;

    check_chip(&window, "theme", "lighthouse keeper", false).await;
    check_chip(&window, "style", "watercolo", false).await;
    check_chip(&window, "length", "30", false).await;
    check_chip(&window, "sound", "narration", false).await;
    check_chip(&window, "ratio", "16:9", true).await;
    let plan = window.find("plan-card", SOON).await.text().await.unwrap();
    for told in ["Screenwriter", "Storyboard artist", "built-in studio"] {
        assert!(plan.contains(told), "{told} is not in the plan:\n{plan}");
    }
    window.picture("planned").await;

    window.find("plan-start", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"progress-card\"][data-state=\"running\"]", SOON).await;
    // In the middle of the run the page is loaded again: it must show what is so, and nothing may start anew.
    window.matching("[data-testid=\"task-row\"][data-agent=\"storyboard_artist\"][data-state=\"done\"]", FILM).await;
    window.picture("making").await;
    window.reload().await;
    window.find("progress-card", SOON).await;
    // From here on every question of the page to the program is counted.
    window
        .run("window.__asked = 0; const before = window.fetch; window.fetch = (...all) => { window.__asked += 1; return before(...all); };")
        .await;
    window.find("result-card", FILM).await;
    assert_eq!(window.count("progress-card").await, 1, "one run");
    assert_eq!(window.count("result-card").await, 1, "one film");
    check_stream(&window).await;
    let asked = window.run("return window.__asked").await.as_u64().unwrap();
    assert!(asked <= 12, "the window asked {asked} times in one run; it is told, it does not poll");

    check_it_plays(&window, 240).await;
    window.picture("film").await;
    window.find("save-film", SOON).await.click().await.unwrap();
    window.find("toast", SOON).await;
    assert!(place.saved().metadata().unwrap().len() > 50_000, "the film was saved");
    for beside in ["srt", "vtt"] {
        assert!(place.saved().with_extension(beside).exists(), "its subtitles ({beside}) lie beside it");
    }
    window.find("export", SOON).await.click().await.unwrap();
    window.picture("export").await;
    window.find("export-storyboard_pdf", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"export-row\"][data-state=\"done\"]", SOON).await;
    let pages = std::fs::read(place.saved().with_extension("mp4.pdf")).unwrap();
    assert!(pages.starts_with(b"%PDF-"), "the storyboard went out through the menu");

    window.close(&place).await;
    let window = Window::open(&place).await;
    window.matching("[data-testid=\"project-card\"][data-stage=\"film\"] a", SOON).await;
    // What was changed last comes first; the sample that comes with the program is older.
    let first = window.run("return document.querySelector('[data-testid=\"project-card\"]').innerText").await;
    assert!(!first.as_str().unwrap().contains("Sample"), "{first}");
    let cover = "const done = arguments[0];
        const picture = document.querySelector('[data-testid=\"project-card\"] img');
        const look = () => picture.complete && done(picture.naturalWidth);
        for (const end of ['load', 'error']) picture.addEventListener(end, look);
        look();";
    assert!(window.until(cover, SOON).await.as_u64().unwrap() > 0, "the project shows its film's picture");
    window.picture("home").await;
    window.matching("[data-testid=\"project-card\"][data-stage=\"film\"] a", SOON).await.click().await.unwrap();
    window.find("result-card", SOON).await;
    check_it_plays(&window, 240).await;
    window.close(&place).await;
}

/// Starts a film of the idea and waits until it is well on its way.
async fn be_in_mid_run(window: &Window) {
    say_the_idea(window).await;
    window.find("plan-start", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"task-row\"][data-agent=\"storyboard_artist\"][data-state=\"done\"]", FILM).await;
}

/// Clicks the cross of the window in mid-run, and a button of the question that comes then.
async fn close_and_say(place: &Place, window: &Window, choice: &str) {
    click_the_cross(&place.program());
    window.find("close-dialog", SOON).await;
    window.picture(&format!("closing-{choice}")).await;
    let button = window.find(&format!("close-{choice}"), SOON).await;
    // Where the program goes away at once, the click's own answer may go with it; what became of it is asked next.
    let clicked = button.click().await;
    assert!(clicked.is_ok() || choice != "stay", "{clicked:?}");
}

#[tokio::test]
async fn closing_in_mid_run_is_a_question() {
    if left_out() {
        return;
    }
    // Large enough that it is not done before the questions are answered.
    let place = Place::told(vec![("WORKPRINT_SHORT_SIDE", "480".to_owned())]);
    let window = Window::open(&place).await;
    be_in_mid_run(&window).await;
    close_and_say(&place, &window, "stay").await;
    window.matching("[data-testid=\"progress-card\"][data-state=\"running\"]", SOON).await;
    window.gone("close-dialog", SOON).await;
    assert_eq!(window.count("close-dialog").await, 0, "who stays is asked no more");
    close_and_say(&place, &window, "stop").await;
    place.left(SOON).await;
    drop(window);

    // What was made is there, and the run can go on; this time without a window.
    let window = Window::open(&place).await;
    window.matching("[data-testid=\"project-card\"][data-stage=\"unfinished\"] a", SOON).await.click().await.unwrap();
    window.find("run-again", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"progress-card\"][data-state=\"running\"]", SOON).await;
    close_and_say(&place, &window, "background").await;
    place.left(FILM).await;
    drop(window);

    let window = Window::open(&place).await;
    window.matching("[data-testid=\"project-card\"][data-stage=\"film\"] a", SOON).await.click().await.unwrap();
    window.find("result-card", SOON).await;
    check_it_plays(&window, 480).await;
    window.close(&place).await;
}

#[tokio::test]
async fn a_crash_in_mid_run_loses_nothing() {
    if left_out() {
        return;
    }
    let place = Place::new();
    let window = Window::open(&place).await;
    be_in_mid_run(&window).await;
    place.crash().await;
    drop(window);

    let window = Window::open(&place).await;
    window.matching("[data-testid=\"project-card\"][data-stage=\"unfinished\"] a", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"progress-card\"][data-state=\"interrupted\"]", SOON).await;
    window.find("run-again", SOON).await.click().await.unwrap();
    window.find("result-card", FILM).await;
    check_stream(&window).await;
    window.close(&place).await;
}
