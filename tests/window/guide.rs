//! The pictures of docs/USER_GUIDE.md, taken from the real window (`make guide`).

use testkit::provider::{FakeProvider, ProviderOptions};

use crate::driver::{Place, Window};
use crate::models::{click, fill, form, pick};
use crate::{FILM, SOON, say_the_idea};

/// A picture of the window once everything on it is drawn.
async fn picture(window: &Window, name: &str) {
    let drawn = "const done = arguments[0];
        const all = [...document.querySelectorAll('img')].map((one) => { one.loading = 'eager'; return one.decode().catch(() => 0); });
        const late = new Promise((go) => setTimeout(go, 3000));
        Promise.race([Promise.all(all), late]).then(() => setTimeout(() => requestAnimationFrame(() => done(true)), 400));";
    window.until(drawn, SOON).await;
    window.picture(name).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "makes pictures"]
async fn the_pictures_of_the_guide() {
    if crate::left_out() {
        return;
    }
    let provider = FakeProvider::start(ProviderOptions::quick()).await.unwrap();
    let place = Place::told(vec![("WORKPRINT_SHORT_SIDE", "720".to_owned())]);
    let window = Window::open(&place).await;
    window.find("new-project", SOON).await;
    picture(&window, "guide-home").await;

    say_the_idea(&window).await;
    window.find("plan-start", SOON).await;
    picture(&window, "guide-plan").await;
    click(&window, "plan-start").await;
    window.matching("[data-testid=\"task-row\"][data-agent=\"storyboard_artist\"][data-state=\"done\"]", FILM).await;
    window.matching("[data-testid=\"task-row\"][data-agent=\"video_coordinator\"][data-state=\"running\"]", FILM).await;
    let drawn = "const done = arguments[0];
        const shown = () => [...document.querySelectorAll('[data-testid=\"shot\"] img')].filter((one) => one.complete);
        const look = () => (shown().length >= 4 ? done(true) : requestAnimationFrame(look));
        look();";
    window.until(drawn, FILM).await;
    picture(&window, "guide-making").await;
    window.find("result-card", FILM).await;
    window.find("film-video", SOON).await;
    let half = "const done = arguments[0];
        const video = document.querySelector('[data-testid=\"film-video\"]');
        video.addEventListener('seeked', () => requestAnimationFrame(() => done(true)), { once: true });
        video.pause();
        video.currentTime = 11;";
    window.until(half, SOON).await;
    picture(&window, "guide-film").await;

    click(&window, "export").await;
    window.find("export-mp4", SOON).await;
    picture(&window, "guide-export").await;
    click(&window, "export").await;

    window.find("composer-input", SOON).await.send_keys("Make scene 2 darker, with fog").await.unwrap();
    click(&window, "composer-send").await;
    window.find("proposal-card", SOON).await;
    picture(&window, "guide-change").await;

    form(&window).await;
    fill(&window, "server-address", &provider.base_url()).await;
    pick(&window, "key-how", "none").await;
    click(&window, "test-server").await;
    window.says("test-answer", "It answers", SOON).await;
    window.find("offered-models", SOON).await.select_by_label("fake-image").await.unwrap();
    pick(&window, "price-kind", "priced").await;
    fill(&window, "price-each", "0.04").await;
    click(&window, "try-model").await;
    window.says("trial-answer", "Draws after another picture", SOON).await;
    window.run("document.querySelector('[data-testid=\"trial-answer\"]').scrollIntoView({ block: 'center' })").await;
    picture(&window, "guide-model").await;
    window.close(&place).await;
}
