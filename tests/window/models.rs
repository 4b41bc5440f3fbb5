//! A model of one's own, in the real window: a server is added, tried, used for a film and taken away again, and its key
//! lies nowhere on the disk.

use std::path::Path;

use testkit::provider::{FakeProvider, Kind, ProviderOptions};

use crate::driver::{Place, Window};
use crate::{FILM, SOON, say_the_idea};

const KEY: &str = "sk-planted-in-the-window-0123456789";

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn check_nowhere(place: &Place) {
    let all = files(place.folder());
    assert!(all.iter().any(|path| path.ends_with("library.db")), "the library is searched as well");
    for path in all {
        let bytes = std::fs::read(&path).unwrap_or_default();
        assert!(!bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes()), "the key is in {}", path.display());
    }
}

/// Opens the form of the pictures in the settings.
pub(crate) async fn form(window: &Window) {
    window.run("window.location.hash = '#/settings'").await;
    window.find("open-image", SOON).await.click().await.unwrap();
    window.find("server-form", SOON).await;
}

pub(crate) async fn fill(window: &Window, name: &str, text: &str) {
    window.find(name, SOON).await.send_keys(text).await.unwrap();
}

pub(crate) async fn pick(window: &Window, name: &str, value: &str) {
    window.find(name, SOON).await.select_by_value(value).await.unwrap();
}

pub(crate) async fn click(window: &Window, name: &str) {
    window.click(name, SOON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_added_tried_used_and_taken_away() {
    if crate::left_out() {
        return;
    }
    let provider = FakeProvider::start(ProviderOptions { key: Some(KEY.to_owned()), ..ProviderOptions::quick() });
    let provider = provider.await.unwrap();
    let place = Place::new();
    let window = Window::open(&place).await;
    form(&window).await;
    fill(&window, "server-address", &provider.base_url()).await;

    // With a wrong key it says no, and the person reads why.
    fill(&window, "key-text", "sk-of-somebody-else").await;
    click(&window, "test-server").await;
    window.says("server-form", "does not accept the key", SOON).await;
    window.find("key-text", SOON).await.clear().await.unwrap();
    fill(&window, "key-text", KEY).await;
    assert_eq!(
        (window.count("key-session").await, window.count("key-file").await),
        (1, 1),
        "where it is kept is chosen"
    );
    click(&window, "key-session").await;
    click(&window, "test-server").await;
    window.says("test-answer", "It answers", SOON).await;
    let offered = window.find("offered-models", SOON).await;
    offered.select_by_label("fake-image").await.unwrap();
    pick(&window, "price-kind", "priced").await;
    fill(&window, "price-each", "0.04").await;
    window.picture("model-form").await;
    assert!(provider.log().of(Kind::Image).next().is_none(), "the list costs nothing");
    window.says("trial-price", "$0.08", SOON).await;
    click(&window, "try-model").await;
    window.says("trial-answer", "Draws after another picture", SOON).await;
    window.picture("model-tried").await;
    let tried = provider.log().of(Kind::Image).count();
    assert_eq!(tried, 2, "it was tried once, as it was said");
    click(&window, "keep-server").await;
    window.says("model-image", "fake-image", SOON).await;
    window.picture("model-kept").await;

    window.run("window.location.hash = '#/home'").await;
    say_the_idea(&window).await;
    let plan = window.find("plan-card", SOON).await.text().await.unwrap();
    assert!(plan.contains('$'), "what the pictures may cost is said before:\n{plan}");
    window.picture("model-plan").await;
    assert_eq!(provider.log().of(Kind::Image).count(), tried, "nothing is paid before the word is given");
    click(&window, "plan-start").await;
    window.find("result-card", FILM).await;
    let drawn = provider.log().of(Kind::Image).filter(|seen| seen.status == Some(200)).count();
    assert!(drawn > tried + 3, "{drawn} pictures came from the server");
    let film = window.run("return window.location.hash").await;

    form(&window).await;
    click(&window, "remove-server").await;
    window.says("model-image", "Built in", SOON).await;
    check_nowhere(&place);

    // The film that was begun with it can go on without it.
    window.run(&format!("window.location.hash = {film}")).await;
    window.says("makers", "fake-image", SOON).await;
    window.picture("model-other").await;
    click(&window, "take-models").await;
    window.says("plan-card", "free", SOON).await;
    window.close(&place).await;
    check_nowhere(&place);
}
