//! What becomes of changes, exports and looks.

use super::*;
use crate::understanding::Context;

fn context() -> Context {
    Context {
        project: serde_json::json!({ "title": "The Kite", "scenes": 6, "characters": ["Mira", "Captain Holt"] }),
        ..Context::default()
    }
}

#[test]
fn changes_are_read_in_their_parts() {
    let check = |text: &str, target: &str, operation: &str, scenes: &[u32], value: &str| {
        let found = modification(text, &context());
        assert_eq!(found.target.as_deref(), Some(target), "{text}: {found:?}");
        assert_eq!(found.operation.as_deref(), Some(operation), "{text}: {found:?}");
        assert_eq!(found.scene.map(|s| s.list()).unwrap_or_default(), scenes, "{text}");
        assert!(found.value.clone().unwrap_or_default().contains(value), "{text}: {:?}", found.value);
    };
    check("make scene 2 darker", "scene", "darken", &[2], "");
    check("delete scenes 1, 3 and 5", "scene", "remove", &[1, 3, 5], "");
    check("drop the last scene", "scene", "remove", &[6], "");
    check("the music is too loud", "music", "decrease", &[], "");
    check("replace the umbrella with a parasol", "object", "replace", &[], "parasol");
    check("Add narration in Korean", "voice_over", "add", &[], "Korean");
    check("undo that", "video", "undo", &[], "");
    check("translate the subtitles into Greek", "subtitles", "translate", &[], "Greek");
    check("cut five seconds off the intro", "opening", "shorten", &[], "five");
    check("borra la escena 4", "scene", "remove", &[4], "");
    check("mach Szene drei heller", "scene", "brighten", &[3], "");
    check("supprime la troisième scène", "scene", "remove", &[3], "");
    check("把背景音乐换成小提琴", "music", "replace", &[], "小提琴");
    check("シーン3を短くして", "scene", "shorten", &[3], "");
    assert_eq!(modification("give Holt a beard", &context()).character.as_deref(), Some("Captain Holt"));
}

#[test]
fn exports_are_read_in_their_parts() {
    let check = |text: &str, what: &str, format: Option<&str>, resolution: Option<&str>, destination: Option<&str>| {
        let found = export(text, &context());
        assert_eq!(found.what.as_deref(), Some(what), "{text}");
        assert_eq!(found.format.as_deref(), format, "{text}");
        assert_eq!(found.resolution.as_deref(), resolution, "{text}");
        assert_eq!(found.destination.as_deref(), destination, "{text}");
    };
    check("export as mp4 in full HD", "video", Some("mp4"), Some("1080p"), None);
    check("upload it to Vimeo", "video", None, None, Some("vimeo"));
    check("not 4K, 1080p is enough, mov", "video", Some("mov"), Some("1080p"), None);
    check("the subtitles as srt", "subtitles", Some("srt"), None, None);
    check("script as pdf", "script", Some("pdf"), None, None);
    check("a png of the last frame", "frame", Some("png"), None, None);
    check("send it to Amara", "video", None, None, Some("amara"));
    check("导出1080p的mov", "video", Some("mov"), Some("1080p"), None);
}

#[test]
fn looks_are_read_in_their_parts() {
    let check = |text: &str, target: &str, scenes: &[u32]| {
        let found = review(text, &context());
        assert_eq!(found.target.as_deref(), Some(target), "{text}");
        assert_eq!(found.scene.map(|s| s.list()).unwrap_or_default(), scenes, "{text}");
    };
    check("show me scene 2", "scene", &[2]);
    check("how long is it?", "duration", &[]);
    check("what does Mira look like", "character", &[]);
    check("read the script to me", "script", &[]);
}
