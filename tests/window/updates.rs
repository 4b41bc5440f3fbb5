//! A new version of the program, in the real window: offered, fetched, checked, installed, started; and everything that
//! is refused on the way. The feed and the key are the test's own; the new version is this one with a few bytes more.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use testkit::feed::{Feed, FeedFault, SigningKey};

use crate::driver::{Place, Window};
use crate::{SOON, left_out, say_the_idea};

/// For a whole program on its way, on a machine that has other things to do.
const PACKAGE: Duration = Duration::from_mins(2);

async fn settings(window: &Window) {
    window.run("window.location.hash = '#/settings'").await;
    window.find("updates", SOON).await;
}

async fn click(window: &Window, name: &str) {
    window.click(name, SOON).await;
}

async fn state(window: &Window, wanted: &str, within: Duration) {
    window.matching(&format!("[data-testid=\"updates\"][data-state=\"{wanted}\"]"), within).await;
}

/// Keeps a picture of the section.
async fn picture(window: &Window, name: &str) {
    window.run("document.querySelector('[data-testid=\"updates\"]').scrollIntoView()").await;
    window.picture(name).await;
}

/// Asks for new versions, and checks what is said then.
async fn check_asked(window: &Window, says: &str) {
    click(window, "update-check").await;
    window.says("updates", says, SOON).await;
}

/// Takes what is offered, checks why it is refused, and thinks no more of it.
async fn check_refused(window: &Window, says: &str) {
    check_asked(window, "Workprint 0.2.0 is there.").await;
    click(window, "update-download").await;
    window.says("updates", says, SOON).await;
    click(window, "update-skip").await;
    state(window, "idle", SOON).await;
}

/// A few bytes more are no other program; to whoever compares it they are.
fn next_version(program: &Path) -> Vec<u8> {
    let mut bytes = std::fs::read(program).unwrap();
    bytes.extend_from_slice(b"the next version");
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_installed_and_what_is_wrong_is_refused() {
    if left_out() {
        return;
    }
    let (feed, key, stranger) = (Feed::open().await, SigningKey::new(), SigningKey::new());
    feed.set(FeedFault::Silent);
    let told = vec![("WORKPRINT_UPDATE_FEED", feed.url()), ("WORKPRINT_UPDATE_KEY", key.public())];
    let place = Place::with_its_own_program(told);
    let window = Window::open(&place).await;
    settings(&window).await;
    // At the start nobody answered, and nothing is said of it.
    state(&window, "idle", SOON).await;

    check_asked(&window, "cannot be reached").await;
    feed.set(FeedFault::NoFeed);
    check_asked(&window, "not where it should be").await;
    feed.set(FeedFault::Garbled);
    check_asked(&window, "cannot be read").await;
    let small = b"\x7fELF, so to speak".repeat(4000);
    feed.release("0.0.9", "", &small, &key.sign(&small, "0.0.9"));
    check_asked(&window, "There is nothing newer.").await;
    feed.set(FeedFault::Malformed);
    check_asked(&window, "cannot be read").await;

    feed.release("0.2.0", "", &small, &stranger.sign(&small, "0.2.0"));
    check_refused(&window, "not what the makers of Workprint signed").await;
    feed.release("0.2.0", "", &small, &key.sign(&small, "0.2.0"));
    feed.set(FeedFault::Tampered);
    check_refused(&window, "not what the makers of Workprint signed").await;
    feed.release("0.2.0", "", &small, &key.sign(&small, "0.0.9"));
    check_refused(&window, "was signed as version 0.0.9").await;
    feed.release("0.2.0", "", &small, &key.sign(&small, "0.2.0"));
    feed.set(FeedFault::NoPackage);
    check_refused(&window, "not where it should be").await;
    assert_eq!(std::fs::read_dir(place.home().join("updates")).unwrap().count(), 1, "only the part that never came");

    let next = next_version(place.file());
    feed.release("0.2.0", "- <b>Whales</b> are larger", &next, &key.sign(&next, "0.2.0"));
    feed.set(FeedFault::CutOff { after: 1_000_000, times: 4 });
    check_asked(&window, "<b>Whales</b> are larger").await;
    picture(&window, "update-offered").await;
    click(&window, "update-download").await;
    window.says("updates", "cut off", SOON).await;
    click(&window, "update-download").await;
    state(&window, "ready", PACKAGE).await;
    assert_eq!(
        feed.asked_for_package().last().map(String::as_str),
        Some("bytes=4000000-"),
        "it went on where it ended"
    );
    picture(&window, "update-ready").await;

    // While a film is being made nothing is installed.
    window.run("window.location.hash = '#/home'").await;
    say_the_idea(&window).await;
    window.find("plan-start", SOON).await.click().await.unwrap();
    window.matching("[data-testid=\"progress-card\"][data-state=\"running\"]", SOON).await;
    let project = window.run("return window.location.hash").await.as_str().unwrap().to_owned();
    settings(&window).await;
    click(&window, "update-install").await;
    window.says("updates", "A film is being made.", SOON).await;
    state(&window, "ready", SOON).await;
    window.run(&format!("window.location.hash = '{project}'")).await;
    click(&window, "cancel-run").await;
    window.matching("[data-testid=\"progress-card\"][data-state=\"cancelled\"]", PACKAGE).await;

    settings(&window).await;
    let before = place.program();
    let inode = std::fs::metadata(place.file()).unwrap().ino();
    click(&window, "update-install").await;
    let started = place.started_again(&before, PACKAGE).await;
    drop(window);
    assert!(std::fs::read(place.file()).unwrap() == next, "the new version is in its place");
    assert_ne!(std::fs::metadata(place.file()).unwrap().ino(), inode);
    place.end(&started).await;

    // The number of this "new version" is the old one, so it is offered again: at the start, without a question.
    let window = Window::open(&place).await;
    window.says("update-line", "Workprint 0.2.0 is there.", SOON).await;
    window.matching(&format!("a[href=\"{project}\"]"), SOON).await;
    settings(&window).await;
    let asked = feed.asked_for_package().len();
    click(&window, "update-download").await;
    state(&window, "ready", PACKAGE).await;
    assert_eq!(feed.asked_for_package().len(), asked, "it was here already");
    let inode = std::fs::metadata(place.file()).unwrap().ino();
    click(&window, "update-at-quit").await;
    window.says("updates", "when you quit", SOON).await;
    assert_eq!(std::fs::metadata(place.file()).unwrap().ino(), inode, "not before");
    crate::click_the_cross(&place.program());
    place.left(PACKAGE).await;
    drop(window);
    assert_ne!(std::fs::metadata(place.file()).unwrap().ino(), inode, "it was installed at the end");

    // What is skipped is not offered at the start any more.
    let window = Window::open(&place).await;
    settings(&window).await;
    state(&window, "offered", SOON).await;
    click(&window, "update-skip").await;
    state(&window, "idle", SOON).await;
    window.close(&place).await;
    let asked = feed.asked_for_feed();
    let window = Window::open(&place).await;
    settings(&window).await;
    state(&window, "idle", SOON).await;
    assert_eq!(feed.asked_for_feed(), asked + 1, "it was asked for");
    assert_eq!(window.count("update-line").await, 0);
    window.close(&place).await;
}
