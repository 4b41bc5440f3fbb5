//! The voices of the operating system: `say` on macOS, SAPI on Windows.
//!
//! Neither tells when its words are heard in a way that can be relied on from a command, so words share the time in
//! which something is heard by their length in letters.

use std::path::Path;

use models::{Failure, FailureKind, Job};
use story::Language;
use tokio::process::Command;

use super::{
    Raw, align,
    casting::Timbre,
    engine::{Engine, EngineName},
    process,
    text::Spoken,
    wav,
};

/// Lists the voices of Windows, one a line: culture, gender, name.
const SAPI_LIST: &str = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
    (New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() | Where-Object Enabled | \
    ForEach-Object { $i=$_.VoiceInfo; \"$($i.Culture.Name)|$($i.Gender)|$($i.Name)\" }";
/// Speaks the file WORKPRINT_TEXT into the file WORKPRINT_SOUND. What changes comes through the environment, so that
/// nothing of it is read as script.
const SAPI_SPEAK: &str = "$ErrorActionPreference='Stop'; Add-Type -AssemblyName System.Speech; \
    $s=New-Object System.Speech.Synthesis.SpeechSynthesizer; $s.SelectVoice($env:WORKPRINT_VOICE); \
    $s.Rate=[int]$env:WORKPRINT_RATE; $s.SetOutputToWaveFile($env:WORKPRINT_SOUND, \
    (New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050,'Sixteen','Mono'))); \
    $s.Speak([IO.File]::ReadAllText($env:WORKPRINT_TEXT,[Text.Encoding]::UTF8)); $s.Dispose()";
const POWERSHELL: [&str; 4] = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"];

pub(super) fn find_say(path: &Path) -> Option<Engine> {
    system_engine(EngineName::Say, path, say_voices(&process::ask(path, &["-v", "?"])?))
}

pub(super) fn find_sapi(path: &Path) -> Option<Engine> {
    let [a, b, c, d] = POWERSHELL;
    system_engine(EngineName::Sapi, path, sapi_voices(&process::ask(path, &[a, b, c, d, "-Command", SAPI_LIST])?))
}

fn system_engine(name: EngineName, path: &Path, voices: Vec<String>) -> Option<Engine> {
    let speaks = |l: &Language| voices.iter().any(|v| v.split(':').next() == Some(l.code()));
    let languages: Vec<Language> = Language::ALL.into_iter().filter(speaks).collect();
    let engine = Engine { name, path: path.into(), languages, version: "system".into(), voices };
    (!engine.languages.is_empty()).then_some(engine)
}

/// Reads `say -v ?`: "Samantha            en_US    # Hello, my name is Samantha."
fn say_voices(answer: &str) -> Vec<String> {
    answer
        .lines()
        .filter_map(|line| {
            let (head, _) = line.split_once('#')?;
            let (name, locale) = head.trim_end().rsplit_once(char::is_whitespace)?;
            let language = Language::from_code(locale.get(..2)?)?;
            // Voices made for fun ("Bells", "Zarvox") have no name in brackets and no better sign; the first of a language
            // is the one the system itself would take.
            Some(format!("{}:u:{}", language.code(), name.trim()))
        })
        .collect()
}

/// Reads the list of Windows: "en-US|Female|Microsoft Zira Desktop".
fn sapi_voices(answer: &str) -> Vec<String> {
    answer
        .lines()
        .filter_map(|line| {
            let mut parts = line.trim().splitn(3, '|');
            let (culture, gender, name) = (parts.next()?, parts.next()?, parts.next()?);
            let language = Language::from_code(culture.get(..2)?)?;
            let gender = match gender {
                "Female" => "f",
                "Male" => "m",
                _ => "u",
            };
            Some(format!("{}:{gender}:{name}", language.code()))
        })
        .collect()
}

pub(super) async fn say(engine: &Engine, spoken: &Spoken, timbre: &Timbre, job: &Job) -> Result<Raw, Failure> {
    let speed = (175.0 / timbre.engine_stretch()).clamp(80.0, 400.0);
    let mut command = Command::new(&engine.path);
    command.args([
        "-v",
        &timbre.voice,
        "-r",
        &format!("{speed:.0}"),
        "--file-format=WAVE",
        "--data-format=LEI16@22050",
    ]);
    through_files(command, "-f", "-o", spoken, job).await
}

pub(super) async fn sapi(engine: &Engine, spoken: &Spoken, timbre: &Timbre, job: &Job) -> Result<Raw, Failure> {
    // SAPI counts its rate from -10 to 10; ten steps are about a factor of three.
    let rate = (-10.0 * timbre.engine_stretch().ln() / 3.0_f32.ln()).round().clamp(-10.0, 10.0);
    let mut command = Command::new(&engine.path);
    command.args(POWERSHELL).args(["-Command", SAPI_SPEAK]);
    command.env("WORKPRINT_VOICE", &timbre.voice).env("WORKPRINT_RATE", format!("{rate:.0}"));
    through_files(command, "", "", spoken, job).await
}

/// Runs an engine that reads its text from a file and writes its sound to one. The two are told by the given options,
/// or by the environment where these are empty.
async fn through_files(
    mut command: Command,
    text: &str,
    sound: &str,
    spoken: &Spoken,
    job: &Job,
) -> Result<Raw, Failure> {
    let local = |what: &str, e: std::io::Error| Failure::new(FailureKind::Local, format!("{what}: {e}"));
    let folder = tempfile::tempdir().map_err(|e| local("no room for the spoken line in the temporary folder", e))?;
    let (from, to) = (folder.path().join("line.txt"), folder.path().join("line.wav"));
    tokio::fs::write(&from, spoken.write_out(&spoken.units))
        .await
        .map_err(|e| local("the line could not be handed over", e))?;
    if text.is_empty() {
        command.env("WORKPRINT_TEXT", &from).env("WORKPRINT_SOUND", &to);
    } else {
        command.arg(sound).arg(&to).arg(text).arg(&from);
    }
    process::run(command, Vec::new(), process::limit(spoken.len()), job).await?;
    let bytes = tokio::fs::read(&to).await.map_err(|e| local("the voice engine wrote no sound", e))?;
    let (samples, rate) = wav::read(&bytes)?;
    let whole = (0.0, samples.len() as f32 / rate as f32);
    let units = align::by_weight(&samples, rate, whole, &align::letters(&spoken.units));
    Ok(Raw { samples, rate, units })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voice_lists_are_read() {
        let said = "Samantha            en_US    # Hello.\nBad News            en_US    # x\nKyoko               ja_JP    # こんにちは\nAlva  sv_SE # Hej\n";
        assert_eq!(say_voices(said), ["en:u:Samantha", "en:u:Bad News", "ja:u:Kyoko"]);
        let listed =
            "en-US|Female|Microsoft Zira Desktop\r\nde-DE|Male|Microsoft Stefan\r\nsv-SE|Male|X\r\nnonsense\r\n";
        assert_eq!(sapi_voices(listed), ["en:f:Microsoft Zira Desktop", "de:m:Microsoft Stefan"]);
        let engine = system_engine(EngineName::Say, Path::new("say"), say_voices(said)).unwrap();
        assert_eq!(engine.languages, [Language::En, Language::Ja]);
        assert_eq!(system_engine(EngineName::Say, Path::new("say"), Vec::new()), None);
    }

    /// A stand-in for `say`: writes a sound to the file it is told and keeps the text it was given.
    #[cfg(unix)]
    #[tokio::test]
    async fn an_engine_over_files_gets_the_text_as_data() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (script, kept) = (folder.path().join("say"), folder.path().join("kept.txt"));
        let sound = folder.path().join("tone.wav");
        std::fs::write(&sound, wav::write(&vec![0.4; 48_000])).unwrap();
        std::fs::write(
            &script,
            format!(
                "#!/bin/sh\nfor a; do case \"$p\" in -o) cp '{}' \"$a\";; -f) cp \"$a\" '{}';; esac; p=\"$a\"; done\n",
                sound.display(),
                kept.display(),
            ),
        )
        .unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
        let engine = Engine {
            name: EngineName::Say,
            path: script,
            languages: vec![Language::En],
            version: "x".into(),
            voices: vec!["en:u:Sam".into()],
        };
        let spoken = crate::voice::text::normalise("[[slnc 9000]] $(rm) hello; world", Language::En);
        let timbre = Timbre { voice: "Sam".into(), pitch: 1.0, stretch: 1.0 };
        let raw = say(&engine, &spoken, &timbre, &Job::unwatched()).await.unwrap();
        assert_eq!((raw.samples.len(), raw.units.len()), (48_000, spoken.units.len()));
        let text = std::fs::read_to_string(kept).unwrap();
        assert!(!text.contains(['[', '$', '(', ';']) && text.contains("hello, world"), "{text}");
    }
}
